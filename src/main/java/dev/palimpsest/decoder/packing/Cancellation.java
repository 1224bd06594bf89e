package dev.palimpsest.decoder.packing;

import dev.palimpsest.inference.DecoderException;

/** Lets a thread's interruption end long work between two forward passes. */
final class Cancellation {
  private Cancellation() {}

  static void check() {
    if (Thread.interrupted()) {
      throw stopped();
    }
  }

  static DecoderException stopped() {
    return new DecoderException("Stopped on request.");
  }
}
