package dev.palimpsest.decoder.family;

import dev.palimpsest.checkpoint.ModelConfig;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Mixtral: a Mistral with experts in every layer. */
final class Mixtral implements Family {
  /** Of its config class in transformers, where they are not those of Llama. */
  private static final Map<String, ?> DEFAULTS =
      Map.of("num_key_value_heads", 8, "max_position_embeddings", 131_072);

  private static final double THETA = 1_000_000;
  private static final String BLOCK = "model.layers.{}.block_sparse_moe.";

  @Override
  public Blueprint describe(ModelConfig given) {
    ModelConfig config = given.withDefaults(DEFAULTS);
    Blueprint.Builder model = Llama.like(config);
    model.ropes = List.of(RopeSettings.of(config, model.sizes, THETA));
    model.epsilon = config.number("rms_norm_eps", 1e-5);
    Arrays.fill(model.windows, config.positiveInt("sliding_window", 0));
    int count = config.positiveInt("num_local_experts", 8);
    model.experts =
        new Experts(
            count,
            chosen(config, 2, count),
            Routing.NORMALISED,
            Linear.of(BLOCK + "gate", count, false),
            new SeparateExperts(
                count, model.sizes.intermediate(), BLOCK + "experts.", List.of("w1", "w3", "w2")),
            0,
            layer -> true);
    return model.build();
  }

  /** Reads how many experts a token goes through. */
  static int chosen(ModelConfig config, int absent, int count) {
    int chosen = config.positiveInt("num_experts_per_tok", absent);
    if (chosen > count) {
      throw config.wrong("num_experts_per_tok", "at most the number of experts, " + count);
    }
    return chosen;
  }
}
