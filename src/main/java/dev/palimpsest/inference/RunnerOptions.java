package dev.palimpsest.inference;

/**
 * How a model is run in this process; none of it changes float32 results.
 *
 * @param batchSize most contexts or prompts in one forward pass
 * @param threads threads in all; on a CPU so many passes run side by side
 * @param cacheBytes most memory for the keys and values of one batch
 */
public record RunnerOptions(int batchSize, int threads, long cacheBytes) {
  private static final int BATCH = 64;
  private static final long CACHE = 1L << 30;

  public RunnerOptions {
    if (batchSize < 1) {
      throw new DecoderException("The batch size should be at least 1, not " + batchSize + ".");
    }
    if (threads < 1) {
      throw new DecoderException(
          "The number of threads should be at least 1, not " + threads + ".");
    }
  }

  /** Returns the usual options, with one thread. */
  public static RunnerOptions usual() {
    return new RunnerOptions(BATCH, 1, CACHE);
  }

  /** Returns these options with another batch size. */
  public RunnerOptions withBatchSize(int size) {
    return new RunnerOptions(size, threads, cacheBytes);
  }

  /** Returns these options with a number of threads. */
  public RunnerOptions withThreads(int count) {
    return new RunnerOptions(batchSize, count, cacheBytes);
  }
}
