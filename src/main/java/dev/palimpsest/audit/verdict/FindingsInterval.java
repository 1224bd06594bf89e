package dev.palimpsest.audit.verdict;

import dev.palimpsest.stats.ClusteredPairs;
import dev.palimpsest.stats.ExactUnconditional;
import dev.palimpsest.stats.FixedSuite;
import dev.palimpsest.stats.Interval;
import dev.palimpsest.stats.PairedTable;
import dev.palimpsest.stats.Tango;

/**
 * The interval that decides: the drops which none of three objections rules out.
 *
 * <p>Tango's score errs a little too often for few changes, which the exact unconditional test
 * mends; items that share a template or a passage tell less than as many independent ones, which
 * the design effect widens it by; and what the base changes against itself is no change of the
 * model. Each can only widen the interval.
 *
 * @param pairs with at least one item
 * @param alpha one-sided level of the gate
 * @param floor ψ0, the share of the items that the base turns against itself; 0 where it turns none
 */
record FindingsInterval(ClusteredPairs pairs, double alpha, double floor) {
  /** Returns the same for other counts of items that are clustered as much. */
  FindingsInterval with(PairedTable table) {
    return new FindingsInterval(pairs.with(table), alpha, floor);
  }

  /** Returns the interval of the drop at 1 − 2α. */
  Interval drop() {
    Interval exact = ExactUnconditional.interval(pairs.table(), alpha);
    Interval robust = pairs.interval(1 - 2 * alpha);
    double drop = pairs.table().drop();
    double noise = FixedSuite.noise(1 - 2 * alpha, floor, pairs.table().n());
    return new Interval(
        Math.max(-1, Math.min(Math.min(exact.low(), robust.low()), drop - noise)),
        Math.min(1, Math.max(Math.max(exact.high(), robust.high()), drop + noise)));
  }

  /**
   * Returns the same, with no end on the proven side of 0 or of the margin that the exact test at
   * that very point does not bear out: the ends are found by halving, these two have to hold.
   *
   * @param margin δ, in (0, 1)
   */
  Interval drop(double margin) {
    Interval found = drop();
    double low = found.low();
    double high = found.high();
    for (double point : new double[] {margin, 0}) {
      high = high < point && below(point) > alpha ? point : high;
      low = low > point && above(point) > alpha ? point : low;
    }
    return new Interval(low, high);
  }

  /** Returns the one-sided p of H0 "the drop is at least the margin", by whichever is largest. */
  double pNonInferiority(double margin) {
    return Math.max(Tango.nonInferiority(pairs.table(), margin), below(margin));
  }

  private double below(double drop) {
    PairedTable table = pairs.table();
    return Math.max(ExactUnconditional.below(table, drop, alpha), pairs.below(drop));
  }

  private double above(double drop) {
    return ExactUnconditional.above(pairs.table(), drop, alpha);
  }
}
