package dev.palimpsest.decoder.family;

import dev.palimpsest.checkpoint.ModelConfig;

/** StableLM: a Llama with LayerNorm and partly rotated heads, its parts side by side or not. */
final class StableLm implements Family {
  private static final double ROTATED = 0.25;

  @Override
  public Blueprint describe(ModelConfig config) {
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
