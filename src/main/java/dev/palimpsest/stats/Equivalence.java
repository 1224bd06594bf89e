package dev.palimpsest.stats;

/**
 * Two one-sided tests of "unchanged": the drop is proven smaller than the margin, and the gain too.
 * Equivalent at α where the two-sided interval at 1 − 2α lies within ±δ. Source: D. Schuirmann,
 * Journal of Pharmacokinetics and Biopharmaceutics 15 (1987) 657–680; with Tango's score for the
 * tests.
 *
 * @param pNotWorse of H0 "the drop is at least δ"
 * @param pNotBetter of H0 "the gain is at least δ"
 */
public record Equivalence(double pNotWorse, double pNotBetter) {
  /**
   * Tests.
   *
   * @param table with at least one pair
   * @param margin δ, in (0, 1)
   */
  public static Equivalence of(PairedTable table, double margin) {
    return new Equivalence(
        Tango.nonInferiority(table, margin), Tango.nonInferiority(table.swapped(), margin));
  }

  /** Returns the p of both together, the larger of the two. */
  public double p() {
    return Math.max(pNotWorse, pNotBetter);
  }
}
