package dev.palimpsest.decoder.family;

import dev.palimpsest.checkpoint.ModelConfig;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Qwen 2 and 3 with experts in some layers; the second generation has one that all tokens share.
 */
final class QwenMoe implements Family {
  /** Of the config classes in transformers, where they are not those of Llama. */
  private static final Map<String, ?> SECOND =
      Map.of("num_key_value_heads", 16, "max_position_embeddings", 32_768, "sliding_window", 4096);

  private static final Map<String, ?> THIRD =
      Map.of("num_key_value_heads", 4, "max_position_embeddings", 32_768, "sliding_window", 4096);

  private final boolean third;

  /**
   * Creates the family.
   *
   * @param third whether it is Qwen 3
   */
  QwenMoe(boolean third) {
    this.third = third;
  }

  @Override
  public Blueprint describe(ModelConfig given) {
    ModelConfig config = given.withDefaults(third ? THIRD : SECOND);
    Blueprint.Builder model = Llama.like(config);
    Sizes sizes = model.sizes;
    boolean slides = config.flag("use_sliding_window", false);
    int window = slides ? config.positiveInt("sliding_window", 0) : 0;
    if (third) {
      model.queryNorm = Llama.ATTENTION + "q_norm";
      model.keyNorm = Llama.ATTENTION + "k_norm";
      model.windows = LayerTypes.windows(config, sizes.layers(), window, layer -> true);
    } else {
      Llama.attention(model, config.flag("qkv_bias", true), false);
      int first = config.naturalInt("max_window_layers", 28);
      model.windows =
          LayerTypes.windows(
              config, sizes.layers(), window, layer -> layer % 2 == 0 && layer < first);
    }
    model.experts = experts(config);
    return model.build();
  }

  private Experts experts(ModelConfig config) {
    int count =
        config.positiveInt(
            "num_experts", config.positiveInt("num_local_experts", third ? 128 : 60));
    int width = config.positiveInt("moe_intermediate_size", third ? 768 : 1408);
    int step = config.positiveInt("decoder_sparse_step", 1);
    Set<Double> dense = new HashSet<>(config.numbers("mlp_only_layers"));
    return new Experts(
        count,
        Mixtral.chosen(config, third ? 8 : 4, count),
        config.flag("norm_topk_prob", false) ? Routing.NORMALISED : Routing.SOFTMAX_FIRST,
        Linear.of(Llama.MLP + "gate", count, false),
        new SeparateExperts(
            count, width, Llama.MLP + "experts.", List.of("gate_proj", "up_proj", "down_proj")),
        third ? 0 : config.positiveInt("shared_expert_intermediate_size", 5632),
        layer -> (layer + 1) % step == 0 && !dense.contains((double) layer));
  }
}
