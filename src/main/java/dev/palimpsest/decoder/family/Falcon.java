package dev.palimpsest.decoder.family;

import dev.palimpsest.checkpoint.ModelConfig;
import java.util.List;

/**
 * Falcon: queries, keys and values in one weight; one key head (7B), a key head for a group of
 * queries (40B, 11B) or one for each.
 */
final class Falcon implements Family {
  private static final String LAYER = "transformer.h.{}.";
  private static final String GROUPED = "new_decoder_architecture";

  @Override
  public Blueprint describe(ModelConfig config) {
    boolean grouped = config.flag(GROUPED, false);
    Sizes sizes = sizes(config, grouped);
    boolean bias = config.flag("bias", false);
    Blueprint.Builder model = new Blueprint.Builder(config.modelType(), sizes);
    model.basePrefix = "transformer";
    model.tied = config.flag("tie_word_embeddings", true);
    model.layerNorm = true;
    model.normBias = true;
    model.epsilon = config.positiveNumber("layer_norm_epsilon", 1e-5);
    model.activation = Activation.of(config, "activation", Activation.GELU);
    model.gated = false;
    RopeSettings.requireWholeHeads(config);
    if (config.flag("alibi", false)) {
      model.slopes = Alibi.slopes(sizes.heads());
    } else {
      model.ropes = List.of(RopeSettings.of(config, sizes));
    }
    model.embedding = "transformer.word_embeddings";
    model.finalNorm = "transformer.ln_f";
    norms(model, config, grouped);
    int width = sizes.queryWidth() + 2 * sizes.keyWidth();
    model.qkv =
        Linear.of(LAYER + "self_attention.query_key_value", width, bias)
            .arranged(Arrangement.HEAD_BY_HEAD);
    model.output = Linear.of(LAYER + "self_attention.dense", sizes.hidden(), bias);
    model.up = Linear.of(LAYER + "mlp.dense_h_to_4h", sizes.intermediate(), bias);
    model.down = Linear.of(LAYER + "mlp.dense_4h_to_h", sizes.hidden(), bias);
    return model.build();
  }

  private static void norms(Blueprint.Builder model, ModelConfig config, boolean grouped) {
    model.parallel = config.flag("parallel_attn", true);
    int norms = config.positiveInt("num_ln_in_parallel_attn", grouped ? 2 : 1);
    if (grouped && !model.parallel) {
      throw config.wrong("parallel_attn", "true, as " + GROUPED + " is");
    }
    if (norms > 2 || (norms == 2 && !grouped && model.parallel)) {
      throw config.wrong("num_ln_in_parallel_attn", "1, or 2 with " + GROUPED);
    }
    boolean two = norms == 2 && model.parallel;
    model.attentionNorm = LAYER + (two ? "ln_attn" : "input_layernorm");
    model.mlpNorm = LAYER + (two ? "ln_mlp" : "post_attention_layernorm");
    if (model.parallel && !two) {
      model.mlpNorm = "";
    }
  }

  private static Sizes sizes(ModelConfig config, boolean grouped) {
    int hidden = config.positiveInt(config.has("n_embed") ? "n_embed" : "hidden_size");
    int heads = config.positiveInt("num_attention_heads");
    int given = config.positiveInt("num_kv_heads", heads);
    boolean one = !grouped && config.flag("multi_query", true);
    if (!grouped && !one && given != heads) {
      throw config.wrong("num_kv_heads", "the number of attention heads (" + heads + ")");
    }
    return new Sizes(
        hidden,
        config.positiveInt("ffn_hidden_size", 4 * hidden),
        config.positiveInt("num_hidden_layers"),
        heads,
        one ? 1 : given,
        Llama.evenShare(config, "hidden_size", hidden, heads),
        config.positiveInt("vocab_size"),
        config.length("max_position_embeddings", 2048));
  }
}
