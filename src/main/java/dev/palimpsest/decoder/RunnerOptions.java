package dev.palimpsest.decoder;

import java.util.Objects;
import java.util.OptionalInt;

/**
 * How a model is run in this process; none of it changes float32 results.
 *
 * @param batchSize most contexts or prompts in one forward pass
 * @param threads threads per operation; empty to leave the engine's setting as it is
 * @param cacheBytes most memory for the keys and values of one batch
 */
public record RunnerOptions(int batchSize, OptionalInt threads, long cacheBytes) {
  private static final int BATCH = 64;
  private static final long CACHE = 1L << 30;

  public RunnerOptions {
    if (batchSize < 1) {
      throw new DecoderException("The batch size should be at least 1, not " + batchSize + ".");
    }
    Objects.requireNonNull(threads, "threads is null");
  }

  /** Returns the usual options. */
  public static RunnerOptions usual() {
    return new RunnerOptions(BATCH, OptionalInt.empty(), CACHE);
  }

  /** Returns these options with another batch size. */
  public RunnerOptions withBatchSize(int size) {
    return new RunnerOptions(size, threads, cacheBytes);
  }

  /** Returns these options with a number of threads. */
  public RunnerOptions withThreads(int count) {
    return new RunnerOptions(batchSize, OptionalInt.of(count), cacheBytes);
  }
}
