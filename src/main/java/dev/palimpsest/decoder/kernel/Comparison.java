package dev.palimpsest.decoder.kernel;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * Compares the distributions of two models over the same vocabulary, position by position.
 *
 * <p>The vocabulary is walked once in chunks: neither model's log-probabilities are ever kept.
 *
 * @param divergence KL(base || tuned) in nats, never below 0
 * @param base what the base expects
 * @param tuned what the tuned model expects
 */
public record Comparison(double[] divergence, Expected base, Expected tuned) {
  /** Logits of one model held at a time. */
  private static final int CHUNK = 1 << 20;

  private static final int LEAST_ENTRIES = 512;

  /**
   * What one model expects at each position.
   *
   * @param logProbs natural log-probability of each target
   * @param mostLikely index of the largest logit
   */
  public record Expected(double[] logProbs, int[] mostLikely) {}

  /** Tells at a position whether both find the same token most likely. */
  public boolean isSameTop(int position) {
    return base.mostLikely()[position] == tuned.mostLikely()[position];
  }

  /**
   * Compares tuned models with a base at the same positions.
   *
   * @param targets the token that follows at each position
   * @param vocabulary entries of all models
   * @return one comparison for each tuned model, in order
   */
  public static List<Comparison> of(
      Hidden base, List<Hidden> tuned, int[] targets, int vocabulary) {
    int chunk = entries(targets.length);
    Kernel kernel = base.kernel();
    List<Tensors> known = new ArrayList<>(Collections.nCopies(tuned.size(), (Tensors) null));
    try {
      known.replaceAll(none -> kernel.beginComparison(targets.length));
      for (int from = 0; from < vocabulary; from += chunk) {
        int to = Math.min(from + chunk, vocabulary);
        try (PtNDArray a = base.logits(from, to)) {
          for (int i = 0; i < known.size(); i++) {
            known.set(i, with(known.get(i), a, tuned.get(i), targets, from, to));
          }
        }
      }
      return known.stream().map(kernel::read).toList();
    } finally {
      known.stream().filter(Objects::nonNull).forEach(Tensors::close);
    }
  }

  /** Takes in the vocabulary's entries from..to. */
  private static Tensors with(
      Tensors known, PtNDArray base, Hidden tuned, int[] targets, int from, int to) {
    try (PtNDArray own = tuned.logits(from, to);
        Tensors before = known) {
      return tuned.kernel().compare(before, base, own, targets, from);
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

    Expected expected() {
      double[] logProbs = new double[top.length];
      int[] mostLikely = new int[top.length];
      for (int i = 0; i < top.length; i++) {
        logProbs[i] = target[i] - logSum(i);
        mostLikely[i] = (int) best[i];
      }
      return new Expected(logProbs, mostLikely);
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
    double[] divergence = new double[n];
    for (int i = 0; i < n; i++) {
      divergence[i] = Math.max(0, gap[i] / base.total()[i] - base.logSum(i) + tuned.logSum(i));
    }
    return new Comparison(divergence, base.expected(), tuned.expected());
  }
}
