package dev.palimpsest.decoder.family;

import dev.palimpsest.checkpoint.ModelConfig;
import java.util.Arrays;
import java.util.Map;

/** Mistral: a Llama whose layers see only a window of the last tokens; in Ministral some do. */
final class Mistral implements Family {
  /** Of its config class in transformers, where they are not those of Llama. */
  private static final Map<String, ?> DEFAULTS =
      Map.of("num_key_value_heads", 8, "max_position_embeddings", 131072, "sliding_window", 4096);

  private final boolean mixed;

  /**
   * Creates the family.
   *
   * @param mixed whether it is Ministral, whose layers may be of two types
   */
  Mistral(boolean mixed) {
    this.mixed = mixed;
  }

  @Override
  public Blueprint describe(ModelConfig given) {
    ModelConfig config = given.withDefaults(DEFAULTS);
    Blueprint.Builder model = Llama.like(config);
    int window = config.positiveInt("sliding_window", 0);
    Arrays.fill(model.windows, window);
    if (mixed) {
      model.windows = LayerTypes.windows(config, model.sizes.layers(), window, layer -> true);
    }
    return model.build();
  }
}
