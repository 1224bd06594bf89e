package dev.palimpsest.decoder.family;

import dev.palimpsest.checkpoint.ModelConfig;
import java.util.Arrays;

/** Mistral: a Llama whose layers may all see only a window of the last tokens. */
final class Mistral implements Family {
  @Override
  public Blueprint describe(ModelConfig config) {
    Blueprint.Builder model = Llama.like(config);
    Arrays.fill(model.windows, config.positiveInt("sliding_window", 0));
    return model.build();
  }
}
