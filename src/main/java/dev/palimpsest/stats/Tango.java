package dev.palimpsest.stats;

/**
 * The score test and interval of a paired difference of proportions.
 *
 * <p>For a supposed drop D it compares the observed drop with D in units of the standard error that
 * D itself implies: z(D) = (b − c − nD) / √(n (2p̃ + D(1 − D))), with p̃ the share of gains that is
 * most likely under D. Unlike the textbook interval it stays right for small counts and for b = c =
 * 0. Source: T. Tango, Statistics in Medicine 17 (1998) 891–908.
 */
public final class Tango {
  private static final int BISECTIONS = 60;

  private Tango() {}

  /**
   * Returns z(D), decreasing in D; 0 where the table holds no evidence either way.
   *
   * @param table with at least one pair
   * @param drop the supposed drop D, in [−1, 1]
   */
  public static double z(PairedTable table, double drop) {
    int n = requirePairs(table);
    if (!(drop >= -1 && drop <= 1)) {
      throw new IllegalArgumentException("a drop lies in [-1, 1], not " + drop);
    }
    return z(n, table.lost(), table.gained(), drop);
  }

  /** The same from its three counts, unchecked, for callers that ask for thousands of tables. */
  static double z(int n, int lost, int gained, double drop) {
    double distance = lost - gained - n * drop;
    if (distance == 0) {
      return 0;
    }
    double variance = n * (2 * likeliestGain(n, lost, gained, drop) + drop * (1 - drop));
    return variance > 0
        ? distance / Math.sqrt(variance)
        : Math.copySign(Double.POSITIVE_INFINITY, distance);
  }

  /**
   * Returns the score interval of the drop: every D with |z(D)| at most the level's quantile.
   *
   * @param level two-sided, such as 0.90
   */
  public static Interval interval(PairedTable table, double level) {
    return within(table, Normal.ofLevel(level));
  }

  /**
   * Returns every D with |z(D)| at most a bound of one's own, for callers whose quantile is not the
   * normal one.
   *
   * @param table with at least one pair
   * @param bound above 0; the larger, the wider the interval
   */
  static Interval within(PairedTable table, double bound) {
    requirePairs(table);
    double drop = table.drop();
    return new Interval(crossing(table, bound, -1, drop), crossing(table, -bound, drop, 1));
  }

  /**
   * Returns the one-sided p-value of H0 "the drop is at least the margin": Φ(z(δ)).
   *
   * @param margin δ, in (0, 1)
   */
  public static double nonInferiority(PairedTable table, double margin) {
    return Normal.probabilityBelow(z(table, margin));
  }

  /** Solves f p² + e p + g = 0 for p̃, by the form that does not subtract nearly equal numbers. */
  private static double likeliestGain(int n, int lost, int gained, double drop) {
    double f = 2.0 * n;
    double e = -(lost + gained) + (f - lost + gained) * drop;
    double g = -gained * drop * (1 - drop);
    double root = Math.sqrt(Math.max(0, e * e - 4 * f * g));
    return e > 0 ? -2 * g / (root + e) : (root - e) / (2 * f);
  }

  /** Bisects for the D in [low, high] at which z falls to the target. */
  private static double crossing(PairedTable table, double target, double low, double high) {
    double left = low;
    double right = high;
    for (int i = 0; i < BISECTIONS && left < right; i++) {
      double middle = (left + right) / 2;
      if (z(table, middle) > target) {
        left = middle;
      } else {
        right = middle;
      }
    }
    return target > 0 ? left : right;
  }

  private static int requirePairs(PairedTable table) {
    if (table.n() == 0) {
      throw new IllegalArgumentException("the table has no pairs");
    }
    return table.n();
  }
}
