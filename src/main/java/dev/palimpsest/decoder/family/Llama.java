package dev.palimpsest.decoder.family;

import dev.palimpsest.checkpoint.ModelConfig;
import java.util.List;

/** Llama 1 to 3.x, and the common ground of the families that followed it. */
final class Llama implements Family {
  static final String ATTENTION = "model.layers.{}.self_attn.";
  static final String MLP = "model.layers.{}.mlp.";

  @Override
  public Blueprint describe(ModelConfig config) {
    return like(config).build();
  }

  /** Begins the description of a model that is a Llama but for what is changed afterwards. */
  static Blueprint.Builder like(ModelConfig config) {
    RopeSettings.requireWholeHeads(config);
    return like(config, 1);
  }

  /**
   * Begins the description of a model of which only a part of each head is rotated.
   *
   * @param rotated the share, if the config has none
   */
  static Blueprint.Builder like(ModelConfig config, double rotated) {
    Blueprint.Builder model = unturned(config);
    model.ropes = List.of(RopeSettings.partial(config, model.sizes, rotated));
    return model;
  }

  /** Begins the description of a model whose rotary embeddings are read by its family. */
  static Blueprint.Builder unturned(ModelConfig config) {
    Sizes sizes = sizes(config);
    Blueprint.Builder model = new Blueprint.Builder(config.modelType(), sizes);
    model.tied = config.flag("tie_word_embeddings", false);
    model.epsilon = epsilon(config, "rms_norm_eps", 1e-6);
    model.activation = Activation.of(config, "hidden_act", Activation.SILU);
    attention(model, config.flag("attention_bias", false), config.flag("attention_bias", false));
    mlp(model, config.flag("mlp_bias", false));
    return model;
  }

  /** Reads what is added to the variance in a norm. */
  static double epsilon(ModelConfig config, String field, double absent) {
    double epsilon = config.number(field, absent);
    if (epsilon <= 0 || epsilon >= 1) {
      throw config.wrong(field, "a number between 0 and 1");
    }
    return epsilon;
  }

  /** Names the attention's modules, with or without biases of their inputs and output. */
  static void attention(Blueprint.Builder model, boolean inputBias, boolean outputBias) {
    Sizes sizes = model.sizes;
    model.qkv =
        new Linear(
            List.of(ATTENTION + "q_proj", ATTENTION + "k_proj", ATTENTION + "v_proj"),
            List.of(sizes.queryWidth(), sizes.keyWidth(), sizes.keyWidth()),
            Arrangement.PLAIN,
            inputBias);
    model.output = Linear.of(ATTENTION + "o_proj", sizes.hidden(), outputBias);
  }

  /** Names the modules of a gated feed-forward part. */
  static void mlp(Blueprint.Builder model, boolean bias) {
    int width = model.sizes.intermediate();
    model.up =
        new Linear(
            List.of(MLP + "gate_proj", MLP + "up_proj"),
            List.of(width, width),
            Arrangement.PLAIN,
            bias);
    model.down = Linear.of(MLP + "down_proj", model.sizes.hidden(), bias);
  }

  /** Returns the size of a head where it is no field of its own. */
  static int evenShare(ModelConfig config, String field, int hidden, int heads) {
    if (hidden % heads != 0) {
      throw config.wrong(field, "a multiple of the number of attention heads (" + heads + ")");
    }
    return hidden / heads;
  }

  private static Sizes sizes(ModelConfig config) {
    int hidden = config.positiveInt("hidden_size");
    int heads = config.positiveInt("num_attention_heads");
    int keyHeads = config.positiveInt("num_key_value_heads", heads);
    if (heads % keyHeads != 0) {
      throw config.wrong(
          "num_attention_heads", "a multiple of num_key_value_heads (" + keyHeads + ")");
    }
    return new Sizes(
        hidden,
        config.positiveInt("intermediate_size"),
        config.positiveInt("num_hidden_layers"),
        heads,
        keyHeads,
        config.has("head_dim")
            ? config.positiveInt("head_dim")
            : evenShare(config, "hidden_size", hidden, heads),
        config.positiveInt("vocab_size"),
        config.length("max_position_embeddings", 2048));
  }
}
