package dev.palimpsest.checkpoint;

import java.util.List;
import java.util.OptionalInt;

/**
 * What generation needs to know beyond the weights.
 *
 * <p>Of how tokens are picked only what transformers follows in greedy generation too is read.
 *
 * @param eosTokenIds the ids that end a text; may be empty
 * @param bosTokenId the id that begins a text, if there is one
 * @param padTokenId the id that fills a batch, if there is one
 * @param repetitionPenalty what the logit of a token that was there before is divided by if it is
 *     above 0, else multiplied by; 1 for nothing
 */
public record GenerationConfig(
    List<Integer> eosTokenIds,
    OptionalInt bosTokenId,
    OptionalInt padTokenId,
    double repetitionPenalty) {
  public GenerationConfig {
    eosTokenIds = List.copyOf(eosTokenIds);
  }

  /** Reads each field from the first of the configurations that has it. */
  public static GenerationConfig of(List<ModelConfig> sources) {
    return new GenerationConfig(
        ids(sources, "eos_token_id"),
        first(ids(sources, "bos_token_id")),
        first(ids(sources, "pad_token_id")),
        sources.stream()
            .filter(source -> source.has("repetition_penalty"))
            .findFirst()
            .map(source -> source.positiveNumber("repetition_penalty"))
            .orElse(1.0));
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
