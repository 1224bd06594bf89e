package dev.palimpsest.decoder.kernel;

import ai.djl.pytorch.jni.IValue;
import java.util.Objects;

/**
 * Tensors that stay on the native side, as one value of the kernel's: a {@code Model}, a {@code
 * Cache} or a list. Closing it releases the value's hold on them.
 */
public final class Tensors implements AutoCloseable {
  private final IValue value;

  Tensors(IValue value) {
    this.value = Objects.requireNonNull(value, "value is null");
  }

  IValue value() {
    return value;
  }

  @Override
  public void close() {
    value.close();
  }
}
