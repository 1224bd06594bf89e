package dev.palimpsest.audit.verdict;

import dev.palimpsest.audit.PairBrief;
import dev.palimpsest.audit.PairedOutcome;
import dev.palimpsest.stats.PairedTable;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How many pairs came out which way.
 *
 * @param table the pairs with a score on both sides
 * @param notComparable the others
 */
record FindingsCounts(PairedTable table, int notComparable) {
  static FindingsCounts of(List<PairBrief> pairs) {
    Map<PairedOutcome.Change, Integer> counts = new EnumMap<>(PairedOutcome.Change.class);
    for (PairBrief pair : pairs) {
      counts.merge(pair.change(), 1, Integer::sum);
    }
    return new FindingsCounts(
        new PairedTable(
            counts.getOrDefault(PairedOutcome.Change.BOTH_RIGHT, 0),
            counts.getOrDefault(PairedOutcome.Change.LOST, 0),
            counts.getOrDefault(PairedOutcome.Change.GAINED, 0),
            counts.getOrDefault(PairedOutcome.Change.BOTH_WRONG, 0)),
        counts.getOrDefault(PairedOutcome.Change.NOT_COMPARABLE, 0));
  }
}
