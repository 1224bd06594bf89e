package dev.palimpsest.decoder.weights;

import java.util.Objects;

/**
 * What an adapter adds to one module: {@code up (down x)}, scale included.
 *
 * @param rank inner width; 0 if the adapter leaves the module alone
 * @param down [rank, inputs], row by row
 * @param up [outputs, rank], row by row, times the scale
 * @param magnitude [outputs] of a weight-decomposed adapter, or empty
 */
record LoraModule(int rank, float[] down, float[] up, float[] magnitude) {
  static final LoraModule NONE = new LoraModule(0, new float[0], new float[0], new float[0]);

  LoraModule {
    Objects.requireNonNull(down, "down is null");
    Objects.requireNonNull(up, "up is null");
    Objects.requireNonNull(magnitude, "magnitude is null");
  }
}
