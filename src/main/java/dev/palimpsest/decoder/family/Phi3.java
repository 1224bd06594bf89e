package dev.palimpsest.decoder.family;

import dev.palimpsest.checkpoint.ModelConfig;
import java.util.Arrays;

/** Phi 3 and 4: a Llama whose projections are stored together. */
final class Phi3 implements Family {
  @Override
  public Blueprint describe(ModelConfig config) {
    Blueprint.Builder model = Llama.like(config);
    Sizes sizes = model.sizes;
    int width = sizes.queryWidth() + 2 * sizes.keyWidth();
    model.qkv = Linear.of(Llama.ATTENTION + "qkv_proj", width, false);
    model.up = Linear.of(Llama.MLP + "gate_up_proj", 2 * sizes.intermediate(), false);
    Arrays.fill(model.windows, config.positiveInt("sliding_window", 0));
    return model.build();
  }
}
