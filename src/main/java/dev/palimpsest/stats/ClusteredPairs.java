package dev.palimpsest.stats;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Pairs of items of which some share a template, a topic or a passage, and may therefore change
 * sides together: how much less they tell than as many independent ones.
 *
 * <p>With w = n_c / n the share of a cluster and S_c the sum of its deviations d_i − d̄, the
 * variance of the mean is Σ S_c² / (1 − w_c) / n² (the bias-reduced sandwich, CR2), and its degrees
 * of freedom by Satterthwaite are 1 / (Σ w² + (Σ h)² − Σ h²), h = w² / (1 − w). The design effect
 * is that variance over the one of independent items, Σ(d_i − d̄)² / (n(n − 1)). Clusters of one
 * item each give 1 and n − 1. Sources: R. Bell, D. McCaffrey, Survey Methodology 28 (2002) 169–181;
 * L. Kish, Survey Sampling (1965).
 *
 * <p>The interval of the drop is Tango's with the design effect in it: the counts divided by the
 * effect, as J. Rao and A. Scott do (Biometrics 48 (1992) 577–585), divide the score by its root,
 * so that its quantile is widened by the root, and is that of Student's t. It is never narrower
 * than Tango's.
 *
 * @param table the pairs
 * @param clusters how many clusters they come from, at least 1
 * @param largest items in the largest cluster
 * @param designEffect at least 0; 1 where nothing changed sides or there is one cluster only
 * @param degreesOfFreedom at least 1
 */
public record ClusteredPairs(
    PairedTable table, int clusters, int largest, double designEffect, double degreesOfFreedom) {

  /**
   * Reads the pairs.
   *
   * @param drops base − tuned of each item: 1 lost, −1 gained, 0 kept its side
   * @param right whether the base has each item right; tells a from d and has no other part in it
   * @param clusters each item's cluster, as many as drops
   * @throws IllegalArgumentException if there are no items, or not as many of each
   */
  public static ClusteredPairs of(int[] drops, boolean[] right, List<String> clusters) {
    if (drops.length == 0 || drops.length != clusters.size() || drops.length != right.length) {
      throw new IllegalArgumentException("each of one or more items needs a side and a cluster");
    }
    int[] counts = new int[4];
    for (int i = 0; i < drops.length; i++) {
      counts[drops[i] == 0 ? (right[i] ? 0 : 3) : drops[i] > 0 ? 1 : 2]++;
    }
    PairedTable table = new PairedTable(counts[0], counts[1], counts[2], counts[3]);
    if (drops.length == 1) {
      return new ClusteredPairs(table, 1, 1, 1, 1);
    }
    Sandwich found = Sandwich.of(Arrays.stream(drops).asDoubleStream().toArray(), clusters);
    boolean alone = found.largest() == 1 || !(found.independent() > 0);
    double effect = alone ? 1 : found.variance() / found.independent();
    return new ClusteredPairs(
        table, found.clusters(), found.largest(), effect, found.degreesOfFreedom());
  }

  /** Returns other counts with the design effect of these. */
  public ClusteredPairs with(PairedTable other) {
    return new ClusteredPairs(other, clusters, largest, designEffect, degreesOfFreedom);
  }

  /** Tells whether the items tell less than as many independent ones would. */
  public boolean isClustered() {
    return designEffect > 1 && largest > 1;
  }

  /** Returns how many independent items tell as much, n / max(1, design effect). */
  public double effectiveItems() {
    return table.n() / Math.max(1, designEffect);
  }

  /**
   * Returns the interval of the drop: Tango's where the items are not clustered.
   *
   * @param level two-sided, in (0, 1)
   */
  public Interval interval(double level) {
    return isClustered()
        ? Tango.within(table, quantile((1 - level) / 2) * Math.sqrt(designEffect))
        : Tango.interval(table, level);
  }

  /** Returns the one-sided p of H0 "the drop is at least D", D in [−1, 1]. */
  public double below(double drop) {
    double z = Tango.z(table, drop);
    if (!isClustered()) {
      return Normal.probabilityBelow(z);
    }
    return TDistribution.of(degreesOfFreedom).cumulativeProbability(z / Math.sqrt(designEffect));
  }

  private double quantile(double tail) {
    return TDistribution.of(degreesOfFreedom).inverseSurvivalProbability(tail);
  }
}
