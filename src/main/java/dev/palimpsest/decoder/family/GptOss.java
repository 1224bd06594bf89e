package dev.palimpsest.decoder.family;

import dev.palimpsest.checkpoint.ModelConfig;
import java.util.List;
import java.util.Map;

/** gpt-oss: experts with a clamped gate, attention sinks, every other layer sliding. */
final class GptOss implements Family {
  /** Of its config class in transformers, where they are not those of Llama. */
  private static final Map<String, ?> DEFAULTS =
      Map.of(
          "head_dim", 64,
          "num_key_value_heads", 8,
          "max_position_embeddings", 131_072,
          "sliding_window", 128);

  /** Of that class where a config says nothing of positions. */
  private static final Map<String, ?> ROPE =
      Map.of(
          "rope_type",
          "yarn",
          "factor",
          32.0,
          "beta_fast",
          32.0,
          "beta_slow",
          1.0,
          "truncate",
          false,
          "original_max_position_embeddings",
          4096);

  private static final double THETA = 150_000;

  @Override
  public Blueprint describe(ModelConfig given) {
    ModelConfig config = withRope(given.withDefaults(DEFAULTS));
    Blueprint.Builder model = Llama.like(config);
    Sizes sizes = model.sizes;
    boolean bias = config.flag("attention_bias", true);
    Llama.attention(model, bias, bias);
    model.epsilon = config.number("rms_norm_eps", 1e-5);
    model.ropes = List.of(RopeSettings.of(config, sizes, THETA));
    model.sinks = true;
    int window = config.positiveInt("sliding_window", 0);
    model.windows = LayerTypes.windows(config, sizes.layers(), window, layer -> layer % 2 == 0);
    model.gluLimit = config.positiveNumber("swiglu_limit", 7);
    model.gluGain = config.positiveNumber("swiglu_alpha", 1.702);
    model.experts = experts(config, sizes);
    return model.build();
  }

  private static ModelConfig withRope(ModelConfig config) {
    boolean given = config.has("rope_scaling") || config.has("rope_parameters");
    return given ? config : config.with("rope_parameters", ROPE);
  }

  private static Experts experts(ModelConfig config, Sizes sizes) {
    int count = config.positiveInt("num_local_experts", 128);
    boolean blocks =
        config
            .section("quantization_config")
            .filter(section -> section.text("quant_method", "").equals("mxfp4"))
            .isPresent();
    return new Experts(
        count,
        Mixtral.chosen(config, 4, count),
        Routing.SOFTMAX_LAST,
        Linear.of(Llama.MLP + "router", count, true),
        new FusedExperts(count, sizes.intermediate(), Llama.MLP + "experts.", blocks),
        0,
        layer -> true);
  }
}
