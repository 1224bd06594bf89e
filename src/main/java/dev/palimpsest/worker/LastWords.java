package dev.palimpsest.worker;

import java.util.OptionalInt;

/** What a worker's Java said of its own end, among the lines that it printed. */
final class LastWords {
  private static final String NO_MEMORY = "# There is insufficient memory for the Java Runtime";

  private int signal;
  private boolean memoryRanOut;

  /** Takes a line that is no reply. */
  synchronized void hear(String line) {
    Signal.named(line).ifPresent(number -> signal = number);
    memoryRanOut |= line.startsWith(NO_MEMORY);
  }

  /** Returns the number of the signal that it was hit by. */
  synchronized OptionalInt signal() {
    return signal == 0 ? OptionalInt.empty() : OptionalInt.of(signal);
  }

  /** Tells whether the system refused it memory. */
  synchronized boolean memoryRanOut() {
    return memoryRanOut;
  }
}
