package dev.palimpsest.decoder.family;

import dev.palimpsest.checkpoint.ModelConfig;

/** Phi 1, 1.5 and 2: partly rotated heads, attention and feed-forward side by side on one norm. */
final class Phi implements Family {
  private static final double ROTATED = 0.5;

  @Override
  public Blueprint describe(ModelConfig config) {
    Blueprint.Builder model = Llama.like(config, ROTATED);
    Sizes sizes = model.sizes;
    model.layerNorm = true;
    model.normBias = true;
    model.epsilon = config.positiveNumber("layer_norm_eps", 1e-5);
    model.activation = Activation.of(config, "hidden_act", Activation.GELU_TANH);
    model.gated = false;
    model.parallel = true;
    model.finalNorm = "model.final_layernorm";
    String head = model.tied ? model.embedding : model.headModule;
    model.head = Linear.of(head, sizes.vocabulary(), true);
    Llama.attention(model, true, true);
    model.output = Linear.of(Llama.ATTENTION + "dense", sizes.hidden(), true);
    model.mlpNorm = "";
    model.up = Linear.of(Llama.MLP + "fc1", sizes.intermediate(), true);
    model.down = Linear.of(Llama.MLP + "fc2", sizes.hidden(), true);
    if (config.flag("qk_layernorm", false)) {
      model.headNorm = HeadNorm.SHARED_BIASED;
      model.queryNorm = Llama.ATTENTION + "q_layernorm";
      model.keyNorm = Llama.ATTENTION + "k_layernorm";
    }
    return model.build();
  }
}
