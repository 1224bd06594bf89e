package dev.palimpsest.decoder.kernel;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import java.util.Arrays;

/**
 * A list of native tensors that stays on the native side; closing it releases the list's hold on
 * them.
 */
public final class Tensors implements AutoCloseable {
  private final IValue list;
  private final PtNDArray[] arrays;

  Tensors(IValue list) {
    this(list, new PtNDArray[0]);
  }

  private Tensors(IValue list, PtNDArray[] arrays) {
    this.list = list;
    this.arrays = arrays;
  }

  /** Makes a list of tensors that stay the caller's. */
  static Tensors of(PtNDArray... arrays) {
    return new Tensors(IValue.listFrom(arrays), arrays);
  }

  /** Returns another native list, of these tensors and one more; it is the caller's to close. */
  IValue with(PtNDArray more) {
    PtNDArray[] longer = Arrays.copyOf(arrays, arrays.length + 1);
    longer[arrays.length] = more;
    return IValue.listFrom(longer);
  }

  IValue list() {
    return list;
  }

  @Override
  public void close() {
    list.close();
  }
}
