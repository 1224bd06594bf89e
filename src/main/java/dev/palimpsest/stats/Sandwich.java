package dev.palimpsest.stats;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The variance of a mean of items that come in clusters, bias-reduced (CR2), with Satterthwaite's
 * degrees of freedom; {@link ClusteredPairs} and {@link PairedT#robust} say the formulas.
 *
 * @param mean of the values
 * @param independent variance of the mean if items were independent, Σ(d_i − d̄)² / (n(n − 1))
 * @param variance of the mean; the same as {@code independent} where there is one cluster only
 * @param degreesOfFreedom at least 1
 * @param clusters at least 1
 * @param largest items in the largest cluster
 */
record Sandwich(
    double mean,
    double independent,
    double variance,
    double degreesOfFreedom,
    int clusters,
    int largest) {

  static Sandwich of(double[] values, List<String> clusters) {
    if (values.length < 2 || values.length != clusters.size()) {
      throw new IllegalArgumentException("two items or more need a value and a cluster each");
    }
    int n = values.length;
    double mean = 0;
    for (double value : values) {
      mean += value;
    }
    mean /= n;
    double squares = 0;
    Map<String, double[]> sums = new LinkedHashMap<>();
    for (int i = 0; i < n; i++) {
      double deviation = values[i] - mean;
      squares += deviation * deviation;
      double[] cluster = sums.computeIfAbsent(clusters.get(i), name -> new double[2]);
      cluster[0]++;
      cluster[1] += deviation;
    }
    double independent = squares / n / (n - 1);
    double largest = sums.values().stream().mapToDouble(cluster -> cluster[0]).max().orElse(1);
    if (sums.size() == 1) {
      return new Sandwich(mean, independent, independent, 1, 1, (int) largest);
    }
    double between = 0;
    double shares = 0;
    double weights = 0;
    double squaredWeights = 0;
    for (double[] cluster : sums.values()) {
      double share = cluster[0] / n;
      double weight = share * share / (1 - share);
      between += cluster[1] * cluster[1] / (1 - share);
      shares += share * share;
      weights += weight;
      squaredWeights += weight * weight;
    }
    double degreesOfFreedom = Math.max(1, 1 / (shares + weights * weights - squaredWeights));
    return new Sandwich(
        mean, independent, between / n / n, degreesOfFreedom, sums.size(), (int) largest);
  }
}
