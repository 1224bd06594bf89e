package dev.palimpsest.stats;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * The mean of per-item differences with a t interval, for scores that are not right-or-wrong.
 *
 * <p>Items that share a document or scenario form a cluster: SE_c = √(SE² + Σ_c Σ_{i≠j∈c} (d_i −
 * d̄)(d_j − d̄) / n²) with SE² = Σ(d_i − d̄)² / (n(n − 1)), and C − 1 degrees of freedom for C
 * clusters. Source: E. Miller, "Adding error bars to evals", arXiv:2411.00640.
 *
 * @param mean d̄
 * @param standardError of the mean
 * @param degreesOfFreedom at least 1; clusters − 1, or fewer where clusters are uneven
 */
public record PairedT(double mean, double standardError, double degreesOfFreedom) {
  public PairedT {
    if (!(standardError >= 0) || !(degreesOfFreedom >= 1)) {
      throw new IllegalArgumentException("not a t statistic");
    }
  }

  /**
   * Treats every difference as its own cluster.
   *
   * @param deltas tuned − base per item, at least two
   */
  public static PairedT of(double[] deltas) {
    double mean = mean(deltas);
    double squares = 0;
    for (double delta : deltas) {
      squares += (delta - mean) * (delta - mean);
    }
    return new PairedT(
        mean, Math.sqrt(squares / deltas.length / (deltas.length - 1.0)), deltas.length - 1);
  }

  /**
   * Allows for clusters of items that move together.
   *
   * @param deltas tuned − base per item
   * @param clusters each item's cluster, as many as deltas, at least two distinct
   */
  public static PairedT clustered(double[] deltas, List<String> clusters) {
    if (deltas.length != clusters.size()) {
      throw new IllegalArgumentException("each item needs a cluster");
    }
    PairedT independent = of(deltas);
    Map<String, double[]> sums = new LinkedHashMap<>();
    for (int i = 0; i < deltas.length; i++) {
      double deviation = deltas[i] - independent.mean;
      double[] sum = sums.computeIfAbsent(clusters.get(i), name -> new double[2]);
      sum[0] += deviation;
      sum[1] += deviation * deviation;
    }
    double between = 0;
    for (double[] sum : sums.values()) {
      between += sum[0] * sum[0] - sum[1];
    }
    double variance =
        independent.standardError * independent.standardError
            + between / ((double) deltas.length * deltas.length);
    return new PairedT(independent.mean, Math.sqrt(Math.max(0, variance)), sums.size() - 1);
  }

  /**
   * Allows for clusters by the bias-reduced sandwich: SE² = Σ_c S_c² / (1 − w_c) / n² with S_c the
   * sum of a cluster's deviations and w_c its share of the items, and 1 / (Σ w² + (Σ h)² − Σ h²)
   * degrees of freedom, h = w² / (1 − w), which for clusters of one size are C − 1. It stays right
   * for fewer and less even clusters than {@link #clustered}. Source: R. Bell, D. McCaffrey, Survey
   * Methodology 28 (2002) 169–181.
   *
   * @param deltas tuned − base per item, at least two
   * @param clusters each item's cluster, as many as deltas, at least two distinct
   */
  public static PairedT robust(double[] deltas, List<String> clusters) {
    Sandwich found = Sandwich.of(deltas, clusters);
    if (found.clusters() < 2) {
      throw new IllegalArgumentException("a robust error needs at least two clusters");
    }
    return new PairedT(found.mean(), Math.sqrt(found.variance()), found.degreesOfFreedom());
  }

  /**
   * Returns {@link #robust} where the clusters widen the error, and {@link #of} where they do not,
   * so that clusters never make a figure look surer.
   *
   * @param deltas tuned − base per item, at least two
   * @param clusters each item's cluster, as many as deltas
   */
  public static PairedT cautious(double[] deltas, List<String> clusters) {
    Sandwich found = Sandwich.of(deltas, clusters);
    return found.largest() > 1 && found.clusters() > 1 && found.variance() > found.independent()
        ? robust(deltas, clusters)
        : of(deltas);
  }

  /**
   * Returns the interval of the mean.
   *
   * @param level two-sided, such as 0.90
   */
  public Interval interval(double level) {
    double t = TDistribution.of(degreesOfFreedom).inverseSurvivalProbability((1 - level) / 2);
    return new Interval(mean - t * standardError, mean + t * standardError);
  }

  private static double mean(double[] deltas) {
    if (deltas.length < 2) {
      throw new IllegalArgumentException("a t interval needs at least two items");
    }
    double sum = 0;
    for (double delta : deltas) {
      sum += delta;
    }
    return sum / deltas.length;
  }
}
