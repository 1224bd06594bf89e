package dev.palimpsest.checkpoint.inspection;

import dev.palimpsest.checkpoint.ModelConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Checks the rotary position settings, in the old spelling (rope_theta, rope_scaling) and the new
 * (rope_parameters).
 */
final class RopeCheck {
  private static final Map<String, List<String>> NUMBERS_OF_TYPE =
      Map.of(
          "default", List.of(),
          "linear", List.of("factor"),
          "dynamic", List.of("factor"),
          "yarn", List.of("factor"),
          "longrope", List.of(),
          "su", List.of(),
          "llama3", List.of("factor", "low_freq_factor", "high_freq_factor"));

  /** May also stand beside the others' section. */
  private static final String ORIGINAL_LENGTH = "original_max_position_embeddings";

  private final ModelConfig config;

  RopeCheck(ModelConfig config) {
    this.config = config;
  }

  void check() {
    config.positiveNumber("rope_theta", 10_000);
    Optional<ModelConfig> parameters =
        config
            .section("rope_scaling")
            .filter(scaling -> !scaling.node().isEmpty())
            .or(() -> config.section("rope_parameters"));
    parameters.ifPresent(this::check);
  }

  private void check(ModelConfig rope) {
    rope.positiveNumber("rope_theta", 10_000);
    String field = rope.has("rope_type") ? "rope_type" : "type";
    String type = rope.text(field, "default");
    List<String> numbers = NUMBERS_OF_TYPE.get(type);
    if (numbers == null) {
      throw rope.wrong(field, "one of " + NUMBERS_OF_TYPE.keySet().stream().sorted().toList());
    }
    numbers.forEach(rope::positiveNumber);
    if (type.equals("llama3") && !config.has(ORIGINAL_LENGTH)) {
      rope.positiveNumber(ORIGINAL_LENGTH);
    }
    if (type.equals("llama3")
        && rope.number("high_freq_factor") <= rope.number("low_freq_factor")) {
      throw rope.wrong("high_freq_factor", "a number above low_freq_factor");
    }
  }
}
