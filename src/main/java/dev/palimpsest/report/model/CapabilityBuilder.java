package dev.palimpsest.report.model;

import dev.palimpsest.audit.PairBrief;
import dev.palimpsest.audit.PairedOutcome.Change;
import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.audit.verdict.Circumstances;
import dev.palimpsest.audit.verdict.Decided;
import dev.palimpsest.audit.verdict.Finding;
import dev.palimpsest.audit.verdict.Measure;
import dev.palimpsest.stats.ClusteredPairs;
import dev.palimpsest.stats.Interval;
import dev.palimpsest.stats.PairedT;
import dev.palimpsest.stats.PairedTable;
import dev.palimpsest.stats.Tango;
import dev.palimpsest.suite.cued.CuedSuite;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/** Turns a finding and its pairs into a capability of the report. */
final class CapabilityBuilder {
  private static final double NINETY = 0.90;
  private static final List<String> TIERS = List.of("easy", "medium", "hard");

  private final PlannedSuite suite;
  private final Finding finding;
  private final List<PairBrief> pairs;
  private final double level;

  /**
   * @param level of the gate's intervals
   */
  CapabilityBuilder(PlannedSuite suite, Finding finding, List<PairBrief> pairs, double level) {
    this.suite = suite;
    this.finding = finding;
    this.pairs = pairs;
    this.level = level;
  }

  /**
   * Builds it.
   *
   * @param ofAnswers figures read off generated answers
   * @param cells why items were lost; null where it was not asked
   */
  ReportData.Capability build(List<ReportData.Figure> ofAnswers, ReportData.Cells cells) {
    Circumstances around = finding.circumstances();
    ReadingFigures readings = new ReadingFigures(suite, finding, level);
    return new ReportData.Capability(
        finding.suite(),
        finding.capability(),
        finding.tuned(),
        finding.metric(),
        finding.n(),
        Figures.rounded(finding.base()),
        Figures.rounded(finding.tunedScore()),
        Figures.rounded(finding.delta()),
        ninety(),
        List.of(Figures.rounded(finding.ciLow()), Figures.rounded(finding.ciHigh())),
        Figures.rounded(finding.pMidMcNemar()),
        Figures.rounded(finding.pHolm()),
        Figures.rounded(finding.pNonInferiority()),
        finding.bothRight(),
        finding.lost(),
        finding.gained(),
        finding.bothWrong(),
        finding.notComparable(),
        changedOutput(),
        finding.margin(),
        Figures.rounded(finding.smallestCertifiableMargin()),
        finding.itemsNeeded(),
        finding.verdict(),
        finding.sentence(),
        tiers(),
        logMargin(),
        Stream.concat(finding.measures().stream().map(this::figure), ofAnswers.stream()).toList(),
        cells,
        suite.skill(),
        around.isClustered(),
        around.pairs().map(pairs -> Figures.rounded(pairs.designEffect())).orElse(null),
        around.pairs().map(ClusteredPairs::clusters).orElse(0),
        Figures.rounded(around.pChange()),
        ends(around.score()),
        Figures.roundedOrNull(around.marginShareOfSkill()),
        readings.fixedSuite(),
        readings.tasksLikeIt(),
        readings.excessFlips(),
        readings.lossAndGain(),
        readings.drift(),
        finding.decided().map(d -> new ReportData.IntervalKind("confidence-sequence")).orElse(null),
        finding.decided().map(CapabilityBuilder::decided).orElse(null),
        CuedSuite.isCued(finding.suite()) ? "cued" : null);
  }

  private List<Double> ninety() {
    // A gate that is decided early has one interval, the confidence sequence at its level.
    return finding.decided().isPresent() || Math.abs(level - NINETY) < 1e-12
        ? List.of(Figures.rounded(finding.ciLow()), Figures.rounded(finding.ciHigh()))
        : ends(finding.intervalAt(NINETY));
  }

  private static ReportData.Decided decided(Decided decided) {
    return new ReportData.Decided(
        "e-process",
        decided.items(),
        decided.seen(),
        decided.of(),
        decided.guided(),
        decided.why().label(),
        Figures.rounded(decided.eValue()),
        Figures.rounded(decided.harmValue()),
        decided.alpha(),
        "weighted");
  }

  /** Items that were chosen by the base's margin are no picture of the suite's parts or means. */
  private boolean isChosen() {
    return finding.decided().filter(d -> d.guided() > 0).isPresent();
  }

  private ReportData.Figure figure(Measure measure) {
    return new ReportData.Figure(
        measure.id(),
        measure.label(),
        Figures.rounded(measure.value()),
        measure.interval() == null ? null : ends(measure.interval()),
        measure.unit().name().toLowerCase(Locale.ROOT),
        measure.gates(),
        measure.text(level),
        null,
        null);
  }

  private static List<Double> deltaInterval(PairedTable table, double level) {
    if (table.n() == 0) {
      return List.of(-1.0, 1.0);
    }
    return ends(Tango.interval(table, level).negated());
  }

  private static List<Double> ends(Interval interval) {
    return List.of(Figures.rounded(interval.low()), Figures.rounded(interval.high()));
  }

  private int changedOutput() {
    return (int)
        pairs.stream()
            .filter(
                pair -> pair.change() == Change.BOTH_RIGHT || pair.change() == Change.BOTH_WRONG)
            .filter(pair -> !pair.sameOutput())
            .count();
  }

  private List<ReportData.TierResult> tiers() {
    if (isChosen()) {
      return List.of();
    }
    Stream<String> others =
        suite.tiers().values().stream().distinct().filter(t -> !TIERS.contains(t)).sorted();
    return Stream.concat(TIERS.stream(), others).map(this::tier).filter(Objects::nonNull).toList();
  }

  private ReportData.TierResult tier(String tier) {
    List<PairBrief> members =
        pairs.stream().filter(pair -> tier.equals(suite.tiers().get(pair.itemId()))).toList();
    PairedTable table =
        new PairedTable(
            count(members, Change.BOTH_RIGHT),
            count(members, Change.LOST),
            count(members, Change.GAINED),
            count(members, Change.BOTH_WRONG));
    if (table.n() == 0) {
      return null;
    }
    return new ReportData.TierResult(
        tier,
        table.n(),
        Figures.rounded(table.baseRate()),
        Figures.rounded(table.tunedRate()),
        Figures.rounded(-table.drop()),
        deltaInterval(table, NINETY),
        deltaInterval(table, level),
        table.lost(),
        table.gained());
  }

  private static int count(List<PairBrief> pairs, Change change) {
    return (int) pairs.stream().filter(pair -> pair.change() == change).count();
  }

  private ReportData.LogMargin logMargin() {
    List<PairBrief> told =
        pairs.stream()
            .filter(pair -> pair.change() != Change.NOT_COMPARABLE)
            .filter(pair -> Double.isFinite(pair.baseMargin() + pair.tunedMargin()))
            .toList();
    double[][] both =
        told.stream()
            .map(pair -> new double[] {pair.baseMargin(), pair.tunedMargin()})
            .toArray(double[][]::new);
    if (both.length < 2 || isChosen()) {
      return null;
    }
    double[] deltas = Stream.of(both).mapToDouble(margins -> margins[1] - margins[0]).toArray();
    PairedT t =
        PairedT.cautious(deltas, told.stream().map(pair -> suite.cluster(pair.itemId())).toList());
    return new ReportData.LogMargin(
        both.length,
        Figures.rounded(Stream.of(both).mapToDouble(m -> m[0]).average().orElse(0)),
        Figures.rounded(Stream.of(both).mapToDouble(m -> m[1]).average().orElse(0)),
        Figures.rounded(t.mean()),
        ends(t.interval(NINETY)),
        ends(t.interval(level)));
  }
}
