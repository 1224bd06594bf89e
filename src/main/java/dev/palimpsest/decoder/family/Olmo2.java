package dev.palimpsest.decoder.family;

import dev.palimpsest.checkpoint.ModelConfig;
import java.util.Map;

/**
 * OLMo 2: norms after each part instead of before it, and of queries and keys before they are
 * split.
 */
final class Olmo2 implements Family {
  /** Of its config class in transformers, where they are not those of Llama. */
  private static final Map<String, ?> DEFAULTS = Map.of("rms_norm_eps", 1e-5);

  @Override
  public Blueprint describe(ModelConfig given) {
    ModelConfig config = given.withDefaults(DEFAULTS);
    Blueprint.Builder model = Llama.like(config);
    model.attentionNorm = "";
    model.attentionPostNorm = "model.layers.{}.post_attention_layernorm";
    model.mlpNorm = "";
    model.mlpPostNorm = "model.layers.{}.post_feedforward_layernorm";
    model.queryNorm = Llama.ATTENTION + "q_norm";
    model.keyNorm = Llama.ATTENTION + "k_norm";
    model.headNorm = HeadNorm.WHOLE;
    return model.build();
  }
}
