package dev.palimpsest.decoder.kernel;

import ai.djl.pytorch.engine.PtNDArray;

/** Final hidden states of one model at some positions, in native memory. */
public final class Hidden implements AutoCloseable {
  private final Kernel kernel;
  private final Model model;
  private final PtNDArray states;

  Hidden(Kernel kernel, Model model, PtNDArray states) {
    this.kernel = kernel;
    this.model = model;
    this.states = states;
  }

  Kernel kernel() {
    return kernel;
  }

  /** Returns the logits of a stretch of the vocabulary. */
  PtNDArray logits(long from, long to) {
    return kernel.logits(model, states, from, to);
  }

  @Override
  public void close() {
    states.close();
  }
}
