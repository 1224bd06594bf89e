package dev.palimpsest.audit.verdict;

import dev.palimpsest.audit.PairBrief;
import dev.palimpsest.audit.PairedOutcome;
import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.stats.PairedT;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The mean change of log P(right) − log P(best wrong), in nats, with a paired t interval, robust
 * against clusters. It moves before answers change sides.
 */
final class LeadStatistic implements Statistic {
  @Override
  public Optional<Measure> of(PlannedSuite suite, List<PairBrief> pairs, double level) {
    List<PairBrief> told =
        pairs.stream()
            .filter(pair -> pair.change() != PairedOutcome.Change.NOT_COMPARABLE)
            .filter(pair -> Double.isFinite(pair.baseMargin() + pair.tunedMargin()))
            .toList();
    double[][] both =
        told.stream()
            .map(pair -> new double[] {pair.baseMargin(), pair.tunedMargin()})
            .toArray(double[][]::new);
    if (both.length < 2) {
      return Optional.empty();
    }
    PairedT t =
        PairedT.cautious(
            Stream.of(both).mapToDouble(leads -> leads[1] - leads[0]).toArray(),
            told.stream().map(pair -> suite.cluster(pair.itemId())).toList());
    String note = "from " + mean(both, 0) + " to " + mean(both, 1);
    return Optional.of(
        new Measure("lead", "Lead", t.mean(), t.interval(level), Measure.Unit.NATS, false, note));
  }

  private static String mean(double[][] both, int side) {
    return Measure.Unit.NATS.text(
        Stream.of(both).mapToDouble(leads -> leads[side]).average().orElse(0));
  }
}
