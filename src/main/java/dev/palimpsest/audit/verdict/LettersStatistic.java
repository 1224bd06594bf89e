package dev.palimpsest.audit.verdict;

import dev.palimpsest.audit.PairBrief;
import dev.palimpsest.audit.PairedOutcome.Change;
import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.suite.variant.Variant;
import java.util.List;
import java.util.Optional;

/**
 * The same situations with both ways offered as A and B: the lead of the good way's letter, mean
 * over both orders, beside the lead of the texts. A model that answers by letter and not by content
 * shows it here.
 */
final class LettersStatistic {
  private LettersStatistic() {}

  /** Measures where the plan asks a suite by letters too. */
  static Optional<Measure> of(
      AuditPlan plan, PlannedSuite suite, String tuned, Findings.Pairs pairs) {
    String id = Variant.LETTERS.id(suite.suite());
    if (plan.variants().stream().noneMatch(variant -> variant.suite().equals(id))) {
      return Optional.empty();
    }
    List<PairBrief> found = pairs.of(id, tuned);
    return new LeadStatistic()
        .of(suite, found, plan.level())
        .map(
            lead ->
                new Measure(
                    "leadByLetters",
                    "Lead by letters",
                    lead.value(),
                    lead.interval(),
                    lead.unit(),
                    false,
                    lead.note() + rights(found)));
  }

  private static String rights(List<PairBrief> pairs) {
    long kept = count(pairs, Change.BOTH_RIGHT);
    return String.format(
        "; the good way's letter leads in %d of %d, then in %d",
        kept + count(pairs, Change.LOST),
        pairs.size() - count(pairs, Change.NOT_COMPARABLE),
        kept + count(pairs, Change.GAINED));
  }

  private static long count(List<PairBrief> pairs, Change change) {
    return pairs.stream().filter(pair -> pair.change() == change).count();
  }
}
