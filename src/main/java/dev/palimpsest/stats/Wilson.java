package dev.palimpsest.stats;

/**
 * Wilson's score interval of one proportion: the values that a score test does not reject.
 *
 * <p>Centre (k + z²/2) / (n + z²), half width z √(k(n − k)/n + z²/4) / (n + z²). Source: E. B.
 * Wilson, Journal of the American Statistical Association 22 (1927) 209–212.
 */
public final class Wilson {
  private Wilson() {}

  /**
   * Returns the interval, within [0, 1].
   *
   * @param successes k, in [0, n]
   * @param n trials, at least 1
   * @param level two-sided, such as 0.90
   */
  public static Interval interval(int successes, int n, double level) {
    Trials.require(successes, n);
    double z = Normal.ofLevel(level);
    double centre = successes + z * z / 2;
    double spread = z * Math.sqrt((double) successes * (n - successes) / n + z * z / 4);
    double size = n + z * z;
    return new Interval(
        successes == 0 ? 0 : Math.max(0, (centre - spread) / size),
        successes == n ? 1 : Math.min(1, (centre + spread) / size));
  }
}
