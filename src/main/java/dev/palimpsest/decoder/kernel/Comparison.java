package dev.palimpsest.decoder.kernel;

import ai.djl.pytorch.engine.PtNDArray;
import java.util.Arrays;

/**
 * Compares the distributions of two models over the same vocabulary, position by position.
 *
 * <p>The vocabulary is walked once in chunks: neither model's log-probabilities are ever kept.
 *
 * @param divergence KL(base || tuned) in nats, never below 0
 * @param baseLogProbs natural log-probability of each target under the base
 * @param tunedLogProbs the same under the tuned model
 * @param sameTop whether both find the same token most likely
 */
public record Comparison(
    double[] divergence, double[] baseLogProbs, double[] tunedLogProbs, boolean[] sameTop) {
  /** Logits of one model held at a time. */
  private static final int CHUNK = 1 << 20;

  private static final int LEAST_ENTRIES = 512;
  private static final int STATE_ROWS = 9;

  /**
   * Compares two models at the same positions.
   *
   * @param targets the token that follows at each position
   * @param vocabulary entries of both models
   */
  public static Comparison of(Hidden base, Hidden tuned, int[] targets, int vocabulary) {
    int chunk = entries(targets.length);
    Kernel kernel = base.kernel();
    PtNDArray state = kernel.doubles(start(targets.length), STATE_ROWS);
    try (PtNDArray wanted = kernel.integers(Arrays.stream(targets).asLongStream().toArray())) {
      for (int from = 0; from < vocabulary; from += chunk) {
        int to = Math.min(from + chunk, vocabulary);
        try (PtNDArray a = base.logits(from, to);
            PtNDArray b = tuned.logits(from, to);
            PtNDArray before = state) {
          state = kernel.compare(before, a, b, wanted, from);
        }
      }
      return read(state.toDoubleArray(), targets.length);
    } finally {
      state.close();
    }
  }

  /**
   * Entries of the vocabulary taken in at a time. Rows a power of two apart would compete for the
   * same lines of the processor's cache.
   */
  private static int entries(int rows) {
    return Math.max(LEAST_ENTRIES, CHUNK / rows) / 64 * 64 + 16;
  }

  private static double[] start(int n) {
    double[] state = new double[STATE_ROWS * n];
    Arrays.fill(state, 0, n, Double.NEGATIVE_INFINITY);
    Arrays.fill(state, 3 * n, 4 * n, Double.NEGATIVE_INFINITY);
    return state;
  }

  /** KL = E_base[base - tuned] - log Z_base + log Z_tuned. */
  private static Comparison read(double[] state, int n) {
    Comparison found = new Comparison(new double[n], new double[n], new double[n], new boolean[n]);
    for (int i = 0; i < n; i++) {
      double base = state[i] + Math.log(state[n + i]);
      double tuned = state[3 * n + i] + Math.log(state[4 * n + i]);
      double gap = state[6 * n + i] / state[n + i];
      found.divergence[i] = Math.max(0, gap - base + tuned);
      found.baseLogProbs[i] = state[7 * n + i] - base;
      found.tunedLogProbs[i] = state[8 * n + i] - tuned;
      found.sameTop[i] = state[2 * n + i] == state[5 * n + i];
    }
    return found;
  }
}
