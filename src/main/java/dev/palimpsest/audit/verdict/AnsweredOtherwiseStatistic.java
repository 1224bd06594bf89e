package dev.palimpsest.audit.verdict;

import dev.palimpsest.audit.PairBrief;
import dev.palimpsest.audit.PairedOutcome.Change;
import dev.palimpsest.audit.plan.PlannedSuite;
import java.util.List;
import java.util.Optional;

/** The share of the items that kept their side whose answer is another one all the same. */
final class AnsweredOtherwiseStatistic implements Statistic {
  @Override
  public Optional<Measure> of(PlannedSuite suite, List<PairBrief> pairs, double level) {
    List<PairBrief> kept =
        pairs.stream()
            .filter(
                pair -> pair.change() == Change.BOTH_RIGHT || pair.change() == Change.BOTH_WRONG)
            .toList();
    if (kept.isEmpty()) {
      return Optional.empty();
    }
    long otherwise = kept.stream().filter(pair -> !pair.sameOutput()).count();
    return Optional.of(
        new Measure(
            "answeredOtherwise",
            "Answered otherwise",
            (double) otherwise / kept.size(),
            null,
            Measure.Unit.SHARE,
            false,
            otherwise + " of " + kept.size() + " items that kept their side"));
  }
}
