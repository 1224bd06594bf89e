package dev.palimpsest.audit.verdict;

import dev.palimpsest.audit.PairBrief;
import dev.palimpsest.audit.plan.PlannedSuite;
import java.util.List;
import java.util.Optional;

/** Something that can be measured on the pairs of a finding; registered in {@link Statistics}. */
interface Statistic {
  /**
   * Measures.
   *
   * @param suite that the pairs are of, which knows their clusters
   * @param pairs of one suite on one tuned arm, those that cannot be compared included
   * @param level of intervals, two-sided
   * @return empty where these pairs have nothing to measure
   */
  Optional<Measure> of(PlannedSuite suite, List<PairBrief> pairs, double level);
}
