package dev.palimpsest.decoder.family;

import dev.palimpsest.checkpoint.ModelConfig;
import java.util.Map;

/** Qwen 2, 2.5 and 3: biases of queries, keys and values, or norms of queries and keys. */
final class Qwen implements Family {
  /** Of the config classes in transformers, where they are not those of Llama. */
  private static final Map<String, ?> SECOND =
      Map.of("num_key_value_heads", 32, "max_position_embeddings", 32_768, "sliding_window", 4096);

  private static final Map<String, ?> THIRD =
      Map.of(
          "head_dim", 128,
          "num_key_value_heads", 32,
          "max_position_embeddings", 32_768,
          "sliding_window", 4096);

  private final boolean third;

  /**
   * Creates the family.
   *
   * @param third whether it is Qwen 3
   */
  Qwen(boolean third) {
    this.third = third;
  }

  @Override
  public Blueprint describe(ModelConfig given) {
    ModelConfig config = given.withDefaults(third ? THIRD : SECOND);
    Blueprint.Builder model = Llama.like(config);
    if (third) {
      model.queryNorm = Llama.ATTENTION + "q_norm";
      model.keyNorm = Llama.ATTENTION + "k_norm";
    } else {
      Llama.attention(model, true, false);
    }
    boolean slides = config.flag("use_sliding_window", false);
    int window = slides ? config.positiveInt("sliding_window", 0) : 0;
    int first = config.naturalInt("max_window_layers", 28);
    model.windows =
        LayerTypes.windows(config, model.sizes.layers(), window, layer -> layer >= first);
    return model.build();
  }
}
