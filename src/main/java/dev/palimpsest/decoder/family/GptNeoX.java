package dev.palimpsest.decoder.family;

import dev.palimpsest.checkpoint.ModelConfig;
import java.util.List;

/** GPT-NeoX and Pythia: partly rotated heads, attention and feed-forward side by side or not. */
final class GptNeoX implements Family {
  private static final String LAYER = "gpt_neox.layers.{}.";
  private static final double THETA = 10_000;
  private static final double ROTATED = 0.25;

  @Override
  public Blueprint describe(ModelConfig config) {
    Sizes sizes = Sizes.withKeyHeadForEach(config, "intermediate_size");
    int hidden = sizes.hidden();
    boolean bias = config.flag("attention_bias", true);
    Blueprint.Builder model = new Blueprint.Builder(config.modelType(), sizes);
    model.basePrefix = "gpt_neox";
    model.tied = config.flag("tie_word_embeddings", false);
    model.layerNorm = true;
    model.normBias = true;
    model.epsilon = config.positiveNumber("layer_norm_eps", 1e-5);
    model.activation = Activation.of(config, "hidden_act", Activation.GELU);
    model.gated = false;
    model.parallel = config.flag("use_parallel_residual", true);
    model.ropes = List.of(rope(config, sizes));
    model.embedding = "gpt_neox.embed_in";
    model.finalNorm = "gpt_neox.final_layer_norm";
    model.headModule = "embed_out";
    model.attentionNorm = LAYER + "input_layernorm";
    model.qkv =
        Linear.of(LAYER + "attention.query_key_value", 3 * hidden, bias)
            .arranged(Arrangement.HEAD_BY_HEAD);
    model.output = Linear.of(LAYER + "attention.dense", hidden, bias);
    model.mlpNorm = LAYER + "post_attention_layernorm";
    model.up = Linear.of(LAYER + "mlp.dense_h_to_4h", sizes.intermediate(), true);
    model.down = Linear.of(LAYER + "mlp.dense_4h_to_h", hidden, true);
    return model.build();
  }

  private static RopeSettings rope(ModelConfig config, Sizes sizes) {
    double theta = config.positiveNumber("rotary_emb_base", THETA);
    double rotated = config.positiveNumber("rotary_pct", ROTATED);
    return RopeSettings.of(config, sizes, RopeSettings.parameters(config), theta, rotated);
  }
}
