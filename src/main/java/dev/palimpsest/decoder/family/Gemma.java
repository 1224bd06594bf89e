package dev.palimpsest.decoder.family;

import dev.palimpsest.checkpoint.ModelConfig;
import java.util.List;
import java.util.Map;

/** Gemma 1, 2 and 3 (text): norms that add one, scaled embeddings, later soft caps and windows. */
final class Gemma implements Family {
  /** Of the config classes in transformers, where they are not those of Llama. */
  private static final List<Map<String, ?>> DEFAULTS =
      List.of(
          Map.of("head_dim", 256, "num_key_value_heads", 16, "max_position_embeddings", 8192),
          Map.of(
              "head_dim", 256,
              "num_key_value_heads", 4,
              "max_position_embeddings", 8192,
              "sliding_window", 4096,
              "attn_logit_softcapping", 50.0,
              "final_logit_softcapping", 30.0),
          Map.of(
              "head_dim", 256,
              "num_attention_heads", 8,
              "num_key_value_heads", 4,
              "max_position_embeddings", 131_072,
              "sliding_window", 4096));

  private static final double GLOBAL_THETA = 1_000_000;
  private static final double LOCAL_THETA = 10_000;
  private static final String ROPE = "rope_parameters";

  private final int generation;

  /**
   * Creates the family.
   *
   * @param generation 1, 2 or 3
   */
  Gemma(int generation) {
    this.generation = generation;
  }

  @Override
  public Blueprint describe(ModelConfig given) {
    ModelConfig config = given.withDefaults(DEFAULTS.get(generation - 1));
    Unsupported.unlessOff(config, "use_bidirectional_attention");
    Blueprint.Builder model = Llama.like(config);
    Sizes sizes = model.sizes;
    model.tied = config.flag("tie_word_embeddings", true);
    model.normPlusOne = true;
    model.activation = activation(config);
    model.scales = scales(config, sizes);
    if (generation > 1) {
      model.attentionPostNorm = "model.layers.{}.post_attention_layernorm";
      model.mlpNorm = "model.layers.{}.pre_feedforward_layernorm";
      model.mlpPostNorm = "model.layers.{}.post_feedforward_layernorm";
      model.windows = windows(config, sizes);
    }
    if (generation > 2) {
      model.queryNorm = Llama.ATTENTION + "q_norm";
      model.keyNorm = Llama.ATTENTION + "k_norm";
      twoRopes(model, config);
    }
    return model.build();
  }

  /** "gelu" stands for its approximation in files of the first generation. */
  private Activation activation(ModelConfig config) {
    String field = generation > 1 ? "hidden_activation" : "hidden_act";
    Activation found = Activation.of(config, field, Activation.GELU_TANH);
    return generation == 1 && found == Activation.GELU ? Activation.GELU_TANH : found;
  }

  private Scales scales(ModelConfig config, Sizes sizes) {
    double scalar =
        generation > 1 ? config.positiveNumber("query_pre_attn_scalar", 256) : sizes.headSize();
    return new Scales(
        Math.sqrt(sizes.hidden()),
        1,
        1 / Math.sqrt(scalar),
        // transformers reads the field in Gemma 3 as well, but its attention does not use it
        generation == 2 ? config.number("attn_logit_softcapping", 0) : 0,
        1,
        generation > 1 ? config.number("final_logit_softcapping", 0) : 0);
  }

  private int[] windows(ModelConfig config, Sizes sizes) {
    int period = generation == 2 ? 2 : config.positiveInt("sliding_window_pattern", 6);
    int window = config.positiveInt("sliding_window", 0);
    return LayerTypes.windows(config, sizes.layers(), window, layer -> (layer + 1) % period != 0);
  }

  /** Sliding layers turn by local frequencies without scaling, the others by global ones. */
  private static void twoRopes(Blueprint.Builder model, ModelConfig config) {
    Sizes sizes = model.sizes;
    ModelConfig none = RopeSettings.none(config);
    var nested = config.section(ROPE).filter(r -> r.has("full_attention"));
    if (nested.isPresent()) {
      ModelConfig local = nested.get().section("sliding_attention").orElse(none);
      ModelConfig global = nested.get().section("full_attention").orElse(none);
      model.ropes =
          List.of(
              RopeSettings.of(config, sizes, global, GLOBAL_THETA),
              RopeSettings.of(config, sizes, local, LOCAL_THETA));
    } else {
      double theta = config.positiveNumber("rope_local_base_freq", LOCAL_THETA);
      model.ropes =
          List.of(
              RopeSettings.of(config, sizes, GLOBAL_THETA),
              RopeSettings.of(config, sizes, none, theta));
    }
    for (int layer = 0; layer < model.windows.length; layer++) {
      model.ropeOfLayer[layer] = model.windows[layer] > 0 ? 1 : 0;
    }
  }
}
