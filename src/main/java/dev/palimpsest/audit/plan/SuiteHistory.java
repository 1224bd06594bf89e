package dev.palimpsest.audit.plan;

import java.util.Objects;

/**
 * What earlier audits of one base saw in a suite.
 *
 * @param suite id
 * @param tunes how many tuned checkpoints it was asked of, at least 1
 * @param discordance the median over them of the share of items that changed sides
 * @param largest the largest of these shares
 * @param baseScore the base's share right, over all scored items of all tunes
 */
public record SuiteHistory(
    String suite, int tunes, double discordance, double largest, double baseScore) {
  public SuiteHistory {
    Objects.requireNonNull(suite, "suite is null");
    if (tunes < 1) {
      throw new IllegalArgumentException("no tune was seen");
    }
  }

  /**
   * Returns the share of the base's skill above guessing that a margin lets go; above 1 where it is
   * all of it, infinite where the base shows none.
   *
   * @param margin in (0, 1)
   * @param chance the score of blind guessing, 0 where there is none
   */
  public double skillLetGo(double margin, double chance) {
    double skill = baseScore - chance;
    return skill > 0 ? margin / skill : Double.POSITIVE_INFINITY;
  }
}
