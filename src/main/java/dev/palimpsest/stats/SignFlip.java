package dev.palimpsest.stats;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The permutation test of paired differences: under "base and tuned are alike" the two could change
 * places, so that each difference, or the sum over a cluster that changes places as a whole, has
 * either sign with the same chance. Source: R. Fisher, The Design of Experiments (1935), chapter 3.
 */
public final class SignFlip {
  private SignFlip() {}

  /**
   * Returns the two-sided mid-p of whole-number sums by counting out all signs, in time that grows
   * with clusters × the sum of their sizes. Where every cluster is one item it is McNemar's mid-p.
   *
   * @param sums lost − gained of each cluster
   * @return P(|T| &gt; |t|) + ½ P(|T| = |t|) over all signs, in (0, 1]; 1 where the sums cancel out
   */
  public static double midP(int[] sums) {
    int reach = Arrays.stream(sums).map(Math::abs).sum();
    int total = Math.abs(Arrays.stream(sums).sum());
    if (total == 0) {
      return 1;
    }
    double[] chances = {1};
    for (int sum : sums) {
      chances = flipped(chances, Math.abs(sum));
    }
    double beyond = 0;
    for (int up = 0; up <= reach; up++) {
      int distance = Math.abs(2 * up - reach);
      beyond += distance > total ? chances[up] : distance == total ? chances[up] / 2 : 0;
    }
    return Math.min(1, beyond);
  }

  /** Index: the sum of those that point upwards. */
  private static double[] flipped(double[] chances, int size) {
    if (size == 0) {
      return chances;
    }
    double[] next = new double[chances.length + size];
    for (int up = 0; up < chances.length; up++) {
      next[up] += chances[up] / 2;
      next[up + size] += chances[up] / 2;
    }
    return next;
  }

  /**
   * Returns the two-sided p of differences that are no whole numbers, from random signs: (1 + how
   * many reach the observed sum) / (1 + draws), which is never 0. Source: B. Phipson, G. Smyth,
   * Statistical Applications in Genetics and Molecular Biology 9 (2010) 39.
   *
   * @param sums the sum of differences of each cluster, at least one
   * @param draws at least 1, such as 10,000
   * @param seed of the draws; the same gives the same p
   */
  public static double pValue(double[] sums, int draws, long seed) {
    if (sums.length == 0 || draws < 1) {
      throw new IllegalArgumentException("a permutation test needs differences and draws");
    }
    double observed = Math.abs(Arrays.stream(sums).sum());
    double reached = observed - 1e-12 * Arrays.stream(sums).map(Math::abs).sum();
    SplittableRandom random = new SplittableRandom(seed);
    int extreme = 0;
    for (int draw = 0; draw < draws; draw++) {
      double sum = 0;
      for (double one : sums) {
        sum += random.nextBoolean() ? one : -one;
      }
      extreme += Math.abs(sum) >= reached ? 1 : 0;
    }
    return (1.0 + extreme) / (1.0 + draws);
  }
}
