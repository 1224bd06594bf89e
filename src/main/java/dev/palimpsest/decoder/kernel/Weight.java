package dev.palimpsest.decoder.kernel;

import ai.djl.pytorch.engine.PtNDArray;
import java.nio.FloatBuffer;
import java.util.Optional;

/** One tensor of a model in native memory. */
public final class Weight implements AutoCloseable {
  private final Kernel kernel;
  private final PtNDArray array;
  private final long[] shape;
  private final boolean plain;

  Weight(Kernel kernel, PtNDArray array, long[] shape, boolean plain) {
    this.kernel = kernel;
    this.array = array;
    this.shape = shape.clone();
    this.plain = plain;
  }

  PtNDArray array() {
    return array;
  }

  /** Returns the dimensions, outermost first. */
  public long[] shape() {
    return shape.clone();
  }

  /** Returns the number of elements; 0 if the model has no such weight. */
  public long elements() {
    long product = 1;
    for (long size : shape) {
      product *= size;
    }
    return product;
  }

  /** Returns the weight's own memory if it is float32, on the CPU and not above 2 GiB. */
  public Optional<FloatBuffer> memory() {
    boolean addressable = elements() <= Integer.MAX_VALUE / Float.BYTES;
    return plain && addressable ? Optional.of(Staging.window(array)) : Optional.empty();
  }

  void place(long row, PtNDArray values, Turn turn, double plus) {
    kernel.place(array, row, values, turn, plus);
  }

  @Override
  public void close() {
    array.close();
  }
}
