package dev.palimpsest.decoder.kernel;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** Native room for float32 values on their way from a file into weights. */
public final class Staging implements AutoCloseable {
  private final PtNDManager manager;
  private final PtNDArray array;
  private final FloatBuffer window;

  Staging(PtNDManager manager, long elements) {
    this.manager = manager;
    this.array = manager.create(new Shape(elements), DataType.FLOAT32);
    this.window = window(array);
  }

  /** Returns a view of an array's own memory. */
  static FloatBuffer window(PtNDArray array) {
    return JniUtils.getByteBuffer(array, true).order(ByteOrder.nativeOrder()).asFloatBuffer();
  }

  /** Returns room for so many values, to be filled and then placed. */
  public FloatBuffer room(int elements) {
    return window.duplicate().clear().limit(elements);
  }

  /** Places the first values into a weight's rows, from the given one on, plus a number. */
  public void placeInto(Weight weight, long row, Rearrangement values, double plus) {
    long elements = 1;
    for (long size : values.shape()) {
      elements *= size;
    }
    try (PtNDArray taken = (PtNDArray) array.get("0:" + elements)) {
      weight.place(row + values.row(), taken, values, plus);
    }
  }

  @Override
  public void close() {
    array.close();
    manager.close();
  }
}
