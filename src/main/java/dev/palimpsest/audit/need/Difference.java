package dev.palimpsest.audit.need;

import dev.palimpsest.stats.ClusteredPairs;
import dev.palimpsest.stats.ExactUnconditional;
import dev.palimpsest.stats.Interval;
import dev.palimpsest.stats.PairedTable;
import java.util.List;

/**
 * How much better one of two arms is on the same items.
 *
 * @param table the first arm in the place of the base, the second in that of the tuned arm
 * @param value share right of the second − that of the first
 * @param interval of the value at 1 − 2α: the wider of the exact one and the one that allows for
 *     clusters
 * @param pAbove one-sided, of "the second is no better"
 * @param pWithin one-sided, of "the second is better by the margin or more"
 * @param pBelow one-sided, of "the second is worse by the margin or more"
 */
public record Difference(
    PairedTable table,
    double value,
    Interval interval,
    double pAbove,
    double pWithin,
    double pBelow) {
  /**
   * Compares two arms.
   *
   * @param first whether each item is right on the first arm; at least one
   * @param second the same of the second
   * @param clusters of the items
   * @param margin in (0, 1)
   * @param alpha one-sided level, in (0, 0.5)
   */
  static Difference of(
      boolean[] first, boolean[] second, List<String> clusters, double margin, double alpha) {
    int[] drops = new int[first.length];
    for (int i = 0; i < drops.length; i++) {
      drops[i] = (first[i] ? 1 : 0) - (second[i] ? 1 : 0);
    }
    ClusteredPairs pairs = ClusteredPairs.of(drops, first, clusters);
    PairedTable table = pairs.table();
    Interval exact = ExactUnconditional.interval(table, alpha);
    Interval robust = pairs.interval(1 - 2 * alpha);
    Interval drop =
        new Interval(Math.min(exact.low(), robust.low()), Math.max(exact.high(), robust.high()));
    return new Difference(
        table,
        0 - table.drop(),
        drop.negated(),
        below(pairs, 0, alpha),
        below(pairs.with(table.swapped()), margin, alpha),
        below(pairs, margin, alpha));
  }

  /** Returns the larger p of "the first is better by D or more". */
  private static double below(ClusteredPairs pairs, double drop, double alpha) {
    return Math.max(ExactUnconditional.below(pairs.table(), drop, alpha), pairs.below(drop));
  }
}
