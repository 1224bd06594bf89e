package dev.palimpsest.stats;

import org.apache.commons.statistics.distribution.BinomialDistribution;

/** Tells skill from guessing: the exact one-sided binomial test against a chance level. */
public final class ChanceLevel {
  private ChanceLevel() {}

  /**
   * Returns P(X ≥ right) for X ~ Bin(n, chance): how often guessing alone does this well.
   *
   * @param right items answered right, in [0, n]
   * @param n items, at least 1
   * @param chance the score of blind guessing, in [0, 1]
   */
  public static double pValue(int right, int n, double chance) {
    Trials.require(right, n);
    return right == 0 ? 1 : BinomialDistribution.of(n, chance).survivalProbability(right - 1);
  }
}
