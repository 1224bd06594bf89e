package dev.palimpsest.decoder.kernel;

import ai.djl.pytorch.engine.PtNDArray;

/** One tensor of a model in native memory. */
public final class Weight implements AutoCloseable {
  private final Kernel kernel;
  private final PtNDArray array;
  private final long[] shape;

  Weight(Kernel kernel, PtNDArray array, long[] shape) {
    this.kernel = kernel;
    this.array = array;
    this.shape = shape.clone();
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

  void place(long row, PtNDArray values, Rearrangement order, double plus) {
    kernel.place(array, row, values, order, plus);
  }

  @Override
  public void close() {
    array.close();
  }
}
