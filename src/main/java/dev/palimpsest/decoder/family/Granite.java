package dev.palimpsest.decoder.family;

import dev.palimpsest.checkpoint.ModelConfig;

/** Granite 3: a Llama with multipliers. */
final class Granite implements Family {
  @Override
  public Blueprint describe(ModelConfig config) {
    Blueprint.Builder model = Llama.like(config);
    model.scales =
        new Scales(
            config.positiveNumber("embedding_multiplier", 1),
            config.positiveNumber("residual_multiplier", 1),
            config.positiveNumber("attention_multiplier", 1),
            0,
            1 / config.positiveNumber("logits_scaling", 1),
            0);
    return model.build();
  }
}
