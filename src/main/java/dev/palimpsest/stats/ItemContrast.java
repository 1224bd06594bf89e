package dev.palimpsest.stats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * The mean of a contrast that every item has of its own, for right-or-wrong answers of more than
 * two arms: of a 2 × 2 of base and tuned, full and quantised, d_i = (F'_i − B'_i) − (F_i − B_i), a
 * whole number in [−2, 2]. Its mean says how much more tuning changed on the one base than on the
 * other.
 *
 * <p>The interval is that of a paired t over the items and two more, one with +1 and one with −1,
 * each a cluster of its own. Without them items that all say 0 would prove that nothing differs to
 * any precision. For contrasts of two arms, in {−1, 0, 1}, that is the adjusted Wald interval of D.
 * Bonett and R. Price, Journal of Educational and Behavioral Statistics 37 (2012) 479–488, with t
 * in the place of z and room for clusters ({@link PairedT}); for four arms its coverage is
 * enumerated in ItemContrastTest.
 *
 * @param n items
 * @param mean d̄ of the items alone, in [−2, 2]
 * @param adjusted the mean, standard error and degrees of freedom with the two more
 */
public record ItemContrast(int n, double mean, PairedT adjusted) {
  private static final double LARGEST = 2;

  /**
   * Computes it.
   *
   * @param contrasts of the items, each in [−2, 2], at least one
   * @param clusters each item's cluster, as many as contrasts
   * @throws IllegalArgumentException without items, with another number of clusters, or for a
   *     contrast outside of its range
   */
  public static ItemContrast of(double[] contrasts, List<String> clusters) {
    if (contrasts.length == 0 || contrasts.length != clusters.size()) {
      throw new IllegalArgumentException("each of at least one item needs a cluster");
    }
    if (Arrays.stream(contrasts).anyMatch(d -> !(Math.abs(d) <= LARGEST))) {
      throw new IllegalArgumentException("a contrast lies in [-2, 2]");
    }
    int n = contrasts.length;
    double[] more = Arrays.copyOf(contrasts, n + 2);
    more[n] = 1;
    more[n + 1] = -1;
    List<String> names = new ArrayList<>(n + 2);
    clusters.forEach(name -> names.add("of " + name));
    names.add("one more");
    names.add("one less");
    double mean = Arrays.stream(contrasts).sum() / n;
    return new ItemContrast(n, mean, PairedT.clustered(more, names));
  }

  /**
   * Returns the interval of the mean, which holds {@link #mean} and lies in [−2, 2].
   *
   * @param level two-sided, such as 0.90
   */
  public Interval interval(double level) {
    Interval t = adjusted.interval(level);
    return new Interval(
        Math.max(-LARGEST, Math.min(mean, t.low())), Math.min(LARGEST, Math.max(mean, t.high())));
  }

  /** Returns the two-sided p-value of "the mean is 0", in (0, 1]. */
  public double p() {
    double t = Math.abs(adjusted.mean()) / adjusted.standardError();
    return Math.min(1, 2 * TDistribution.of(adjusted.degreesOfFreedom()).survivalProbability(t));
  }
}
