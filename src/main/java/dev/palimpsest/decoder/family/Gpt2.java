package dev.palimpsest.decoder.family;

import dev.palimpsest.checkpoint.ModelConfig;
import java.util.Arrays;
import java.util.List;

/** GPT-2: learned positions, LayerNorm, weights stored inputs by outputs. */
final class Gpt2 implements Family {
  private static final String LAYER = "transformer.h.{}.";

  @Override
  public Blueprint describe(ModelConfig config) {
    Sizes sizes = sizes(config);
    int hidden = sizes.hidden();
    Blueprint.Builder model = new Blueprint.Builder(config.modelType(), sizes);
    model.basePrefix = "transformer";
    model.tied = config.flag("tie_word_embeddings", true);
    model.layerNorm = true;
    model.normBias = true;
    model.epsilon = config.positiveNumber("layer_norm_epsilon", 1e-5);
    model.activation = Activation.of(config, "activation_function", Activation.GELU_TANH);
    model.gated = false;
    model.scales = scales(config, sizes);
    if (config.flag("scale_attn_by_inverse_layer_idx", false)) {
      Arrays.setAll(model.queryScales, layer -> 1.0 / (layer + 1));
    }
    model.embedding = "transformer.wte";
    model.positions = "transformer.wpe";
    model.finalNorm = "transformer.ln_f";
    model.attentionNorm = LAYER + "ln_1";
    model.qkv = linear("attn.c_attn", 3 * hidden);
    model.output = linear("attn.c_proj", hidden);
    model.mlpNorm = LAYER + "ln_2";
    model.up = linear("mlp.c_fc", sizes.intermediate());
    model.down = linear("mlp.c_proj", hidden);
    return model.build();
  }

  private static Linear linear(String module, int rows) {
    return new Linear(List.of(LAYER + module), List.of(rows), Arrangement.TRANSPOSED, true);
  }

  private static Scales scales(ModelConfig config, Sizes sizes) {
    Scales usual = Scales.usual(sizes.headSize());
    return config.flag("scale_attn_weights", true) ? usual : new Scales(1, 1, 1, 0, 1, 0);
  }

  private static Sizes sizes(ModelConfig config) {
    int hidden = config.positiveInt("n_embd");
    int heads = config.positiveInt("n_head");
    return new Sizes(
        hidden,
        config.positiveInt("n_inner", 4 * hidden),
        config.positiveInt("n_layer"),
        heads,
        heads,
        Llama.evenShare(config, "n_embd", hidden, heads),
        config.positiveInt("vocab_size"),
        config.length("n_positions", 1024));
  }
}
