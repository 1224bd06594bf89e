package dev.palimpsest.audit.verdict;

import dev.palimpsest.audit.PairBrief;
import dev.palimpsest.audit.PairedOutcome.Change;
import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.stats.ClusteredPairs;
import dev.palimpsest.stats.McNemar;
import dev.palimpsest.stats.PairedTable;
import dev.palimpsest.stats.SignFlip;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One suite on one tuned arm, before the other findings of the audit are known.
 *
 * @param pairs with a score on both sides, by cluster; empty where there are none
 * @param p two-sided, of "nothing changed": the larger of McNemar's mid-p and the same with whole
 *     clusters changing sides
 * @param floor what the base changes against itself, where that was measured
 * @param rise in which other ways what was gained was gained as well
 * @param briefs all pairs, one by one
 */
record FindingsEvidence(
    PlannedSuite suite,
    String tuned,
    FindingsCounts counts,
    Optional<ClusteredPairs> pairs,
    double p,
    List<Drift> drift,
    List<Measure> measures,
    Optional<NoiseFloor> floor,
    Rise rise,
    List<PairBrief> briefs) {

  static FindingsEvidence of(
      PlannedSuite suite,
      String tuned,
      List<PairBrief> pairs,
      double alpha,
      Optional<NoiseFloor> floor,
      Rise rise) {
    FindingsCounts counts = FindingsCounts.of(pairs);
    return new FindingsEvidence(
        suite,
        tuned,
        counts,
        clustered(suite, pairs),
        p(counts.table(), sums(suite, pairs), pairs.size()),
        Drift.of(suite, pairs, floor, alpha),
        Statistics.of(suite, pairs, 1 - 2 * alpha),
        floor.filter(one -> one.n() > 0),
        rise,
        pairs);
  }

  /** Returns the same with more measures. */
  FindingsEvidence with(List<Measure> others) {
    List<Measure> more = Stream.concat(measures.stream(), others.stream()).toList();
    return new FindingsEvidence(suite, tuned, counts, pairs, p, drift, more, floor, rise, briefs);
  }

  private static double p(PairedTable table, int[] sums, int items) {
    double alone = McNemar.midP(table);
    return sums.length == items ? alone : Math.max(alone, SignFlip.midP(sums));
  }

  PairedTable table() {
    return counts.table();
  }

  /** Returns ψ0, 0 where it was not measured. */
  double floorShare() {
    return floor.map(one -> (double) (one.lost() + one.gained()) / one.n()).orElse(0.0);
  }

  static Optional<ClusteredPairs> clustered(PlannedSuite suite, List<PairBrief> all) {
    List<PairBrief> pairs = all.stream().filter(FindingsEvidence::isComparable).toList();
    if (pairs.isEmpty()) {
      return Optional.empty();
    }
    boolean[] right = new boolean[pairs.size()];
    for (int i = 0; i < right.length; i++) {
      right[i] = pairs.get(i).change() == Change.BOTH_RIGHT;
    }
    return Optional.of(
        ClusteredPairs.of(
            pairs.stream().mapToInt(FindingsEvidence::drop).toArray(),
            right,
            pairs.stream().map(pair -> suite.cluster(pair.itemId())).toList()));
  }

  /** Returns lost − gained of each cluster. */
  static int[] sums(PlannedSuite suite, List<PairBrief> pairs) {
    Map<String, Integer> sums = new LinkedHashMap<>();
    pairs.forEach(pair -> sums.merge(suite.cluster(pair.itemId()), drop(pair), Integer::sum));
    return sums.values().stream().mapToInt(sum -> sum).toArray();
  }

  static boolean isComparable(PairBrief pair) {
    return pair.change() != Change.NOT_COMPARABLE;
  }

  private static int drop(PairBrief pair) {
    return switch (pair.change()) {
      case LOST -> 1;
      case GAINED -> -1;
      case BOTH_RIGHT, BOTH_WRONG, NOT_COMPARABLE -> 0;
    };
  }
}
