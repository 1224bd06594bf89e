package dev.palimpsest.decoder.kernel;

import ai.djl.pytorch.engine.PtNDArray;
import java.util.Objects;

/** Logits of the next token of some rows [rows, vocabulary] as float32, in native memory. */
public final class Logits implements AutoCloseable {
  private final PtNDArray values;

  Logits(PtNDArray values) {
    this.values = Objects.requireNonNull(values, "values is null");
  }

  PtNDArray values() {
    return values;
  }

  @Override
  public void close() {
    values.close();
  }
}
