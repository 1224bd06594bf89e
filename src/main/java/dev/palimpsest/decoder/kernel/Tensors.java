package dev.palimpsest.decoder.kernel;

import ai.djl.pytorch.jni.IValue;

/**
 * A list of native tensors that stays on the native side; closing it releases the list's hold on
 * them.
 */
public final class Tensors implements AutoCloseable {
  private final IValue list;

  Tensors(IValue list) {
    this.list = list;
  }

  IValue list() {
    return list;
  }

  @Override
  public void close() {
    list.close();
  }
}
