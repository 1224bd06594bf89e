package dev.palimpsest.decoder.family;

import dev.palimpsest.checkpoint.ModelConfig;
import java.util.Map;

/** StableLM: a Llama with LayerNorm and partly rotated heads, its parts side by side or not. */
final class StableLm implements Family {
  /** Of its config class in transformers, where they are not those of Llama. */
  private static final Map<String, ?> DEFAULTS =
      Map.of("num_key_value_heads", 32, "max_position_embeddings", 4096);

  private static final double ROTATED = 0.25;

  @Override
  public Blueprint describe(ModelConfig given) {
    ModelConfig config = given.withDefaults(DEFAULTS);
    Blueprint.Builder model = Llama.like(config, ROTATED);
    model.layerNorm = true;
    model.normBias = true;
    model.epsilon = config.positiveNumber("layer_norm_eps", 1e-5);
    Llama.attention(model, config.flag("use_qkv_bias", false), false);
    Llama.mlp(model, false);
    model.parallel = config.flag("use_parallel_residual", false);
    if (model.parallel) {
      model.mlpNorm = "";
    }
    if (config.flag("qk_layernorm", false)) {
      model.headNorm = HeadNorm.OWN;
      model.queryNorm = Llama.ATTENTION + "q_layernorm.norms.{head}";
      model.keyNorm = Llama.ATTENTION + "k_layernorm.norms.{head}";
    }
    return model.build();
  }
}
