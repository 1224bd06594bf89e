package dev.palimpsest.decoder.family;

import dev.palimpsest.checkpoint.ModelConfig;
import java.util.List;

/** OPT: learned positions, biases, norms before or after each part, embeddings of any width. */
final class Opt implements Family {
  private static final String DECODER = "model.decoder.";
  private static final String LAYERS = DECODER + "layers.";
  private static final String LAYER = LAYERS + "{}.";

  /** Of every norm; no field of the config. */
  private static final double EPSILON = 1e-5;

  @Override
  public Blueprint describe(ModelConfig config) {
    Sizes sizes = Sizes.withKeyHeadForEach(config, "ffn_dim");
    Blueprint.Builder model = new Blueprint.Builder(config.modelType(), sizes);
    boolean bias = config.flag("enable_bias", true);
    model.tied = config.flag("tie_word_embeddings", true);
    model.layerNorm = true;
    model.normWeight = config.flag("layer_norm_elementwise_affine", true);
    model.normBias = true;
    model.epsilon = EPSILON;
    model.activation = Activation.of(config, "activation_function", Activation.RELU);
    model.gated = false;
    model.embedding = DECODER + "embed_tokens";
    model.positions = DECODER + "embed_positions";
    model.positionOffset = 2;
    projections(model, config.positiveInt("word_embed_proj_dim", sizes.hidden()));
    norms(model, config);
    int hidden = sizes.hidden();
    String attention = LAYER + "self_attn.";
    model.qkv =
        new Linear(
            List.of(attention + "q_proj", attention + "k_proj", attention + "v_proj"),
            List.of(hidden, hidden, hidden),
            Arrangement.PLAIN,
            bias);
    model.output = Linear.of(attention + "out_proj", hidden, bias);
    model.up = Linear.of(LAYER + "fc1", sizes.intermediate(), bias);
    model.down = Linear.of(LAYER + "fc2", hidden, bias);
    return model.build();
  }

  private static void projections(Blueprint.Builder model, int width) {
    model.embeddingWidth = width;
    if (width != model.sizes.hidden()) {
      model.into = Linear.of(DECODER + "project_in", model.sizes.hidden(), false);
      model.out = Linear.of(DECODER + "project_out", width, false);
    }
  }

  /** Norms after the parts (350m) are those before the next part, and what they give goes on. */
  private static void norms(Blueprint.Builder model, ModelConfig config) {
    String first = "self_attn_layer_norm";
    String second = "final_layer_norm";
    boolean before = config.flag("do_layer_norm_before", true);
    model.postNorm = !before;
    model.attentionNorm = before ? LAYER + first : LAYERS + Blueprint.PREVIOUS + "." + second;
    model.mlpNorm = LAYER + (before ? second : first);
    if (!before) {
      model.finalNorm = LAYERS + (model.sizes.layers() - 1) + "." + second;
    } else {
      boolean removed = config.flag("_remove_final_layer_norm", false);
      model.finalNorm = removed ? "" : DECODER + "final_layer_norm";
    }
  }
}
