package dev.palimpsest.decoder.kernel;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;

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

  /**
   * Compares two models at the same positions.
   *
   * @param targets the token that follows at each position
   * @param vocabulary entries of both models
   */
  public static Comparison of(Hidden base, Hidden tuned, int[] targets, int vocabulary) {
    int chunk = entries(targets.length);
    Kernel kernel = base.kernel();
    Tensors known = kernel.beginComparison(targets.length);
    try {
      for (int from = 0; from < vocabulary; from += chunk) {
        int to = Math.min(from + chunk, vocabulary);
        try (PtNDArray a = base.logits(from, to);
            PtNDArray b = tuned.logits(from, to);
            Tensors before = known) {
          known = kernel.compare(before, a, b, targets, from);
        }
      }
      return kernel.read(known);
    } finally {
      known.close();
    }
  }

  /**
   * Entries of the vocabulary taken in at a time. Rows a power of two apart would compete for the
   * same lines of the processor's cache.
   */
  private static int entries(int rows) {
    return Math.max(LEAST_ENTRIES, CHUNK / rows) / 64 * 64 + 16;
  }

  /**
   * What the kernel's {@code Distribution} knows of one model at each position.
   *
   * @param top largest logit
   * @param total sum of exp(logit - top)
   * @param best index of the largest logit
   * @param target logit of the target
   */
  private record Distribution(double[] top, double[] total, double[] best, double[] target) {
    static Distribution read(IValue value, PtNDManager manager) {
      double[][] fields = new double[4][];
      IValue[] parts = value.toIValueTuple();
      for (int i = 0; i < fields.length; i++) {
        fields[i] = doubles(parts[i], manager);
      }
      return new Distribution(fields[0], fields[1], fields[2], fields[3]);
    }

    double logSum(int position) {
      return top[position] + Math.log(total[position]);
    }
  }

  private static double[] doubles(IValue value, PtNDManager manager) {
    try (value;
        PtNDArray tensor = value.toTensor(manager)) {
      return tensor.toDoubleArray();
    }
  }

  /**
   * Reads the kernel's {@code Comparison}: KL = E_base[base - tuned] - log Z_base + log Z_tuned.
   */
  static Comparison read(IValue known, PtNDManager manager) {
    IValue[] parts = known.toIValueTuple();
    try (IValue first = parts[0];
        IValue second = parts[1]) {
      Distribution base = Distribution.read(first, manager);
      Distribution tuned = Distribution.read(second, manager);
      return of(base, tuned, doubles(parts[2], manager));
    }
  }

  private static Comparison of(Distribution base, Distribution tuned, double[] gap) {
    int n = gap.length;
    Comparison found = new Comparison(new double[n], new double[n], new double[n], new boolean[n]);
    for (int i = 0; i < n; i++) {
      double baseSum = base.logSum(i);
      double tunedSum = tuned.logSum(i);
      found.divergence[i] = Math.max(0, gap[i] / base.total()[i] - baseSum + tunedSum);
      found.baseLogProbs[i] = base.target()[i] - baseSum;
      found.tunedLogProbs[i] = tuned.target()[i] - tunedSum;
      found.sameTop[i] = base.best()[i] == tuned.best()[i];
    }
    return found;
  }
}
