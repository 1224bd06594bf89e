package dev.palimpsest.stats;

import org.apache.commons.statistics.distribution.NormalDistribution;

/** The standard normal distribution. */
final class Normal {
  private static final NormalDistribution STANDARD = NormalDistribution.of(0, 1);

  private Normal() {}

  /** Returns Φ(z). */
  static double probabilityBelow(double z) {
    return STANDARD.cumulativeProbability(z);
  }

  /** Returns the z with Φ(z) = 1 − {@code upperTail}. */
  static double upperQuantile(double upperTail) {
    return STANDARD.inverseSurvivalProbability(upperTail);
  }

  /** Returns the z of a two-sided interval of this level, 1.645 for 0.90. */
  static double ofLevel(double level) {
    if (!(level > 0 && level < 1)) {
      throw new IllegalArgumentException("a level lies between 0 and 1, not " + level);
    }
    return upperQuantile((1 - level) / 2);
  }
}
