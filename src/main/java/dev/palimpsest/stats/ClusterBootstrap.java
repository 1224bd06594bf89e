package dev.palimpsest.stats;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The bias-corrected and accelerated bootstrap interval of a mean of paired differences, drawing
 * whole clusters. It asks for no shape of the differences, as the t interval does; with fewer than
 * about 20 clusters it is too narrow.
 *
 * <p>With z0 = Φ⁻¹(share of draws below the mean; draws equal to it count half) and a = Σ u³ / (6
 * (Σ u²)^1.5), u the mean of the leave-one-cluster-out means less each of them, the ends are the
 * draws' quantiles at Φ(z0 + (z0 + z) / (1 − a(z0 + z))) for z = Φ⁻¹ of either tail. Source: B.
 * Efron, JASA 82 (1987) 171–185; B. Efron, R. Tibshirani, An Introduction to the Bootstrap (1993),
 * chapter 14.
 */
public final class ClusterBootstrap {
  /** Draws where nothing else is told. */
  public static final int DRAWS = 10_000;

  private final double[] sums;
  private final int[] sizes;

  private ClusterBootstrap(double[] sums, int[] sizes) {
    this.sums = sums;
    this.sizes = sizes;
  }

  /**
   * Takes the differences apart by cluster.
   *
   * @param deltas tuned − base per item
   * @param clusters each item's cluster, as many as deltas, at least two distinct
   * @throws IllegalArgumentException if there are fewer than two clusters
   */
  public static ClusterBootstrap of(double[] deltas, List<String> clusters) {
    if (deltas.length != clusters.size()) {
      throw new IllegalArgumentException("each item needs a cluster");
    }
    Map<String, Integer> numbers = new LinkedHashMap<>();
    clusters.forEach(name -> numbers.putIfAbsent(name, numbers.size()));
    if (numbers.size() < 2) {
      throw new IllegalArgumentException("a bootstrap needs at least two clusters");
    }
    double[] sums = new double[numbers.size()];
    int[] sizes = new int[numbers.size()];
    for (int i = 0; i < deltas.length; i++) {
      int cluster = numbers.get(clusters.get(i));
      sums[cluster] += deltas[i];
      sizes[cluster]++;
    }
    return new ClusterBootstrap(sums, sizes);
  }

  /**
   * Returns the interval of the mean.
   *
   * @param level two-sided, in (0, 1)
   * @param draws at least 100, such as {@link #DRAWS}
   * @param seed of the draws; the same gives the same interval
   */
  public Interval interval(double level, int draws, long seed) {
    if (draws < 100) {
      throw new IllegalArgumentException("a bootstrap needs at least 100 draws, not " + draws);
    }
    double mean = mean(i -> 1);
    double[] drawn = drawn(draws, seed);
    double below = 0;
    for (double one : drawn) {
      below += one < mean ? 1 : one == mean ? 0.5 : 0;
    }
    if (below == 0 || below == draws) {
      return new Interval(drawn[0], drawn[draws - 1]);
    }
    double bias = -Normal.upperQuantile(below / draws);
    double acceleration = acceleration();
    double z = Normal.ofLevel(level);
    return new Interval(
        quantile(drawn, corrected(bias, acceleration, -z)),
        quantile(drawn, corrected(bias, acceleration, z)));
  }

  private double[] drawn(int draws, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] drawn = new double[draws];
    for (int draw = 0; draw < draws; draw++) {
      double sum = 0;
      int size = 0;
      for (int i = 0; i < sums.length; i++) {
        int cluster = random.nextInt(sums.length);
        sum += sums[cluster];
        size += sizes[cluster];
      }
      drawn[draw] = sum / size;
    }
    Arrays.sort(drawn);
    return drawn;
  }

  private double acceleration() {
    double[] without = new double[sums.length];
    for (int i = 0; i < sums.length; i++) {
      int left = i;
      without[i] = mean(cluster -> cluster == left ? 0 : 1);
    }
    double centre = Arrays.stream(without).average().orElse(0);
    double squares = Arrays.stream(without).map(one -> Math.pow(centre - one, 2)).sum();
    double cubes = Arrays.stream(without).map(one -> Math.pow(centre - one, 3)).sum();
    return squares > 0 ? cubes / (6 * Math.pow(squares, 1.5)) : 0;
  }

  private double mean(java.util.function.IntUnaryOperator times) {
    double sum = 0;
    int size = 0;
    for (int i = 0; i < sums.length; i++) {
      sum += times.applyAsInt(i) * sums[i];
      size += times.applyAsInt(i) * sizes[i];
    }
    return sum / size;
  }

  private static double corrected(double bias, double acceleration, double z) {
    double moved = bias + z;
    return Normal.probabilityBelow(bias + moved / (1 - acceleration * moved));
  }

  /** Interpolates linearly between the order statistics (Hyndman and Fan's type 7). */
  private static double quantile(double[] sorted, double share) {
    double at = share * (sorted.length - 1);
    int floor = (int) Math.floor(at);
    int ceiling = Math.min(sorted.length - 1, floor + 1);
    return sorted[floor] + (at - floor) * (sorted[ceiling] - sorted[floor]);
  }
}
