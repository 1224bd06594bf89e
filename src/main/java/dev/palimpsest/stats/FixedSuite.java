package dev.palimpsest.stats;

/**
 * The reading of a difference as one about a fixed list of items, and not about tasks like them.
 *
 * <p>Of a list of N items of which n ran at random, the sampling error is smaller by √(1 − n/N),
 * the finite-population factor, and 0 where all ran. What is left is the noise floor: if ψ0 of the
 * items turn when the same model runs again, the difference of two runs has the variance ψ0 / n.
 * The two add as squares. Source: W. Cochran, Sampling Techniques (1977), chapter 2.
 */
public final class FixedSuite {
  private FixedSuite() {}

  /**
   * Returns √(1 − n/N).
   *
   * @param n items that ran, at least 1
   * @param population N, items on the list, at least n
   */
  public static double factor(int n, int population) {
    if (n < 1 || population < n) {
      throw new IllegalArgumentException(n + " items ran of a list of " + population);
    }
    return Math.sqrt(1 - (double) n / population);
  }

  /**
   * Returns half the width that noise alone gives a difference of two runs, z √(ψ0 / n).
   *
   * @param level two-sided, in (0, 1)
   * @param floor ψ0, in [0, 1]
   * @param n items, at least 1
   */
  public static double noise(double level, double floor, int n) {
    return Normal.ofLevel(level) * Math.sqrt(floor / n);
  }

  /**
   * Returns the interval of the difference on the list.
   *
   * @param estimate of the difference
   * @param sampling its interval as one about tasks like these
   * @param factor as {@link #factor} gives it
   * @param noise as {@link #noise} gives it
   */
  public static Interval interval(double estimate, Interval sampling, double factor, double noise) {
    return new Interval(
        estimate - Math.hypot((estimate - sampling.low()) * factor, noise),
        estimate + Math.hypot((sampling.high() - estimate) * factor, noise));
  }
}
