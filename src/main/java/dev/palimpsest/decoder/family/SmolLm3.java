package dev.palimpsest.decoder.family;

import dev.palimpsest.checkpoint.ModelConfig;
import java.util.List;
import java.util.Map;

/** SmolLM 3: a Llama in which some layers have no positions. */
final class SmolLm3 implements Family {
  /** Of its config class in transformers, where they are not those of Llama. */
  private static final Map<String, ?> DEFAULTS =
      Map.of("num_key_value_heads", 4, "max_position_embeddings", 32768);

  private static final double THETA = 2_000_000;

  @Override
  public Blueprint describe(ModelConfig given) {
    ModelConfig config = given.withDefaults(DEFAULTS);
    Blueprint.Builder model = Llama.like(config);
    model.ropes = List.of(RopeSettings.of(config, model.sizes, THETA));
    model.tied = config.flag("tie_word_embeddings", true);
    int layers = model.sizes.layers();
    List<Double> rotated = config.numbers("no_rope_layers");
    int interval = config.positiveInt("no_rope_layer_interval", 4);
    if (!rotated.isEmpty() && rotated.size() != layers) {
      throw config.wrong("no_rope_layers", "one number for each of the " + layers + " layers");
    }
    for (int layer = 0; layer < layers; layer++) {
      boolean turns = rotated.isEmpty() ? (layer + 1) % interval != 0 : rotated.get(layer) != 0;
      model.ropeOfLayer[layer] = turns ? 0 : -1;
    }
    boolean slides = config.flag("use_sliding_window", false);
    int window = slides ? config.positiveInt("sliding_window", 0) : 0;
    model.windows =
        LayerTypes.windows(config, layers, window, layer -> model.ropeOfLayer[layer] < 0);
    return model.build();
  }
}
