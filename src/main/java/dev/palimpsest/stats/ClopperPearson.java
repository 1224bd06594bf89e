package dev.palimpsest.stats;

import org.apache.commons.statistics.distribution.BetaDistribution;

/**
 * The exact interval of one proportion, for rare events where a guarantee is worth its width.
 *
 * <p>The ends are quantiles of Beta(k, n − k + 1) and Beta(k + 1, n − k). With no event in n the
 * one-sided 95% bound is 1 − 0.05^(1/n), the "rule of three". Source: C. Clopper, E. Pearson,
 * Biometrika 26 (1934) 404–413.
 */
public final class ClopperPearson {
  private ClopperPearson() {}

  /**
   * Returns the two-sided interval.
   *
   * @param events k, in [0, n]
   * @param n trials, at least 1
   * @param level two-sided, such as 0.90
   */
  public static Interval interval(int events, int n, double level) {
    double tail = (1 - level) / 2;
    return new Interval(lower(events, n, tail), upper(events, n, tail));
  }

  /** Returns the one-sided upper bound that errs with probability at most {@code alpha}. */
  public static double upper(int events, int n, double alpha) {
    Trials.require(events, n);
    return events == n
        ? 1
        : BetaDistribution.of(events + 1.0, n - events).inverseSurvivalProbability(alpha);
  }

  /** Returns the one-sided lower bound that errs with probability at most {@code alpha}. */
  public static double lower(int events, int n, double alpha) {
    Trials.require(events, n);
    return events == 0
        ? 0
        : BetaDistribution.of(events, n - events + 1.0).inverseCumulativeProbability(alpha);
  }
}
