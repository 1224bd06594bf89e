package dev.palimpsest.decoder.family;

import dev.palimpsest.checkpoint.ModelConfig;
import java.util.Arrays;
import java.util.Map;

/** Mistral: a Llama whose layers may all see only a window of the last tokens. */
final class Mistral implements Family {
  /** Of its config class in transformers, where they are not those of Llama. */
  private static final Map<String, ?> DEFAULTS =
      Map.of("num_key_value_heads", 8, "max_position_embeddings", 131072, "sliding_window", 4096);

  @Override
  public Blueprint describe(ModelConfig given) {
    ModelConfig config = given.withDefaults(DEFAULTS);
    Blueprint.Builder model = Llama.like(config);
    Arrays.fill(model.windows, config.positiveInt("sliding_window", 0));
    return model.build();
  }
}
