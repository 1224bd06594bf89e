package dev.palimpsest.decoder.weights;

import dev.palimpsest.checkpoint.LoraModule;
import dev.palimpsest.checkpoint.TensorStore;
import java.nio.FloatBuffer;
import java.util.Objects;

/**
 * What an adapter adds to one module: {@code up (down x)}, scale included.
 *
 * @param rank inner width; 0 if the adapter leaves the module alone
 * @param down [rank, inputs], row by row; for an embedding [tokens, rank]
 * @param up [outputs, rank], row by row, times the scale
 * @param magnitude [outputs] of a weight-decomposed adapter, or empty
 */
record LoraFactors(int rank, float[] down, float[] up, float[] magnitude) {
  private static final float[] NOTHING = {};

  /** The factors of a module that the adapter leaves alone. */
  static final LoraFactors NONE = new LoraFactors(0, NOTHING, NOTHING, NOTHING);

  LoraFactors {
    Objects.requireNonNull(down, "down is null");
    Objects.requireNonNull(up, "up is null");
    Objects.requireNonNull(magnitude, "magnitude is null");
  }

  /** Reads the factors of a module. */
  static LoraFactors read(LoraModule module, TensorStore tensors) {
    float[] down = values(tensors, module.a());
    float[] up = values(tensors, module.b());
    for (int i = 0; i < up.length; i++) {
      up[i] = (float) (up[i] * module.scaling());
    }
    return new LoraFactors(
        module.rank(),
        module.embedding() ? transposed(down, module.rank()) : down,
        up,
        module.magnitude().map(name -> values(tensors, name)).orElse(NOTHING));
  }

  /** Returns what an embedding's factors add to a head that shares its table. */
  LoraFactors ofHead() {
    return new LoraFactors(rank, transposed(up, up.length / rank), down, NOTHING);
  }

  private static float[] values(TensorStore tensors, String name) {
    float[] values = new float[Math.toIntExact(tensors.info(name).elements())];
    tensors.readFloat32(name, FloatBuffer.wrap(values));
    return values;
  }

  private static float[] transposed(float[] values, int rows) {
    int columns = values.length / rows;
    float[] turned = new float[values.length];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        turned[j * rows + i] = values[i * columns + j];
      }
    }
    return turned;
  }
}
