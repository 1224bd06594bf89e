package dev.palimpsest.checkpoint;

import java.util.List;
import java.util.OptionalInt;

/**
 * What generation needs to know beyond the weights.
 *
 * @param eosTokenIds the ids that end a text; may be empty
 * @param bosTokenId the id that begins a text, if there is one
 * @param padTokenId the id that fills a batch, if there is one
 */
public record GenerationConfig(
    List<Integer> eosTokenIds, OptionalInt bosTokenId, OptionalInt padTokenId) {
  public GenerationConfig {
    eosTokenIds = List.copyOf(eosTokenIds);
  }

  /** Reads the ids from the first of the configurations that has each of them. */
  public static GenerationConfig of(List<ModelConfig> sources) {
    return new GenerationConfig(
        ids(sources, "eos_token_id"),
        first(ids(sources, "bos_token_id")),
        first(ids(sources, "pad_token_id")));
  }

  private static List<Integer> ids(List<ModelConfig> sources, String field) {
    return sources.stream()
        .map(source -> source.tokenIds(field))
        .filter(ids -> !ids.isEmpty())
        .findFirst()
        .orElse(List.of());
  }

  private static OptionalInt first(List<Integer> ids) {
    return ids.stream().mapToInt(Integer::intValue).findFirst();
  }
}
