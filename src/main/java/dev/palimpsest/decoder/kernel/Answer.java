package dev.palimpsest.decoder.kernel;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;

/** What a kernel method returned, copied to Java on demand. */
final class Answer implements AutoCloseable {
  private final PtNDManager manager;
  private final IValue value;
  private final IValue[] parts;

  Answer(PtNDManager manager, IValue value) {
    this.manager = manager;
    this.value = value;
    this.parts = value.isTuple() ? value.toIValueTuple() : new IValue[] {value};
  }

  /** Returns the numbers of the given part, row by row. */
  float[] floats(int part) {
    try (PtNDArray tensor = parts[part].toTensor(manager)) {
      return tensor.toFloatArray();
    }
  }

  /** Returns the integers of the given part, row by row. */
  long[] longs(int part) {
    try (PtNDArray tensor = parts[part].toTensor(manager)) {
      return tensor.toLongArray();
    }
  }

  /** Hands the tensor over to the caller. */
  PtNDArray tensor(PtNDManager owner) {
    return value.toTensor(owner);
  }

  @Override
  public void close() {
    for (IValue part : parts) {
      part.close();
    }
    value.close();
  }
}
