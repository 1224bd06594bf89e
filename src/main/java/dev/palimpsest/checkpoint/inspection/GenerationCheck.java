package dev.palimpsest.checkpoint.inspection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.checkpoint.model.HuggingFaceCheckpoint;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Tells which wishes of generation_config.json are not followed, although transformers follows them
 * in greedy generation too; those for sampling are no matter of the checkpoint.
 */
final class GenerationCheck {
  private static final String FILE = "generation_config.json";

  /** Fields that change a greedy generation, with the value that changes nothing. */
  private static final Map<String, Double> NEUTRAL =
      new TreeMap<>(
          Map.of(
              "encoder_repetition_penalty", 1.0,
              "no_repeat_ngram_size", 0.0,
              "num_beams", 1.0,
              "min_length", 0.0,
              "min_new_tokens", 0.0));

  /** Fields that do so wherever they are given. */
  private static final List<String> GIVEN =
      List.of(
          "bad_words_ids",
          "begin_suppress_tokens",
          "exponential_decay_length_penalty",
          "forced_bos_token_id",
          "forced_eos_token_id",
          "penalty_alpha",
          "sequence_bias",
          "suppress_tokens");

  private GenerationCheck() {}

  static void check(Path folder, Findings findings) {
    if (!Files.exists(folder.resolve(FILE), LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    ObjectNode wishes = HuggingFaceCheckpoint.readConfig(folder, FILE).node();
    Map<String, String> found = new TreeMap<>();
    NEUTRAL.forEach(
        (field, neutral) -> {
          JsonNode value = wishes.path(field);
          if (value.isNumber() && value.doubleValue() != neutral) {
            found.put(field, field + " " + value);
          }
        });
    GIVEN.stream()
        .filter(field -> wishes.hasNonNull(field) && !isEmptyList(wishes.get(field)))
        .forEach(field -> found.put(field, field));
    if (!found.isEmpty()) {
      findings.info(
          FILE,
          "asks for %s, which is not followed: answers are made of the most likely tokens"
              .formatted(found.values().stream().collect(Collectors.joining(", "))));
    }
  }

  private static boolean isEmptyList(JsonNode value) {
    return value.isContainerNode() && value.isEmpty();
  }
}
