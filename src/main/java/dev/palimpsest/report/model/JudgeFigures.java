package dev.palimpsest.report.model;

import dev.palimpsest.audit.Arm;
import dev.palimpsest.audit.PairedOutcome;
import dev.palimpsest.audit.Points;
import dev.palimpsest.audit.judge.Agreement;
import dev.palimpsest.audit.judge.JudgedAudit;
import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.stats.ClusteredPairs;
import dev.palimpsest.stats.ClusteredRate;
import dev.palimpsest.stats.Interval;
import dev.palimpsest.stats.PairedT;
import dev.palimpsest.suite.cued.CuedSuite;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** What a judge says of free answers: of a usable one, the differences between arms. */
final class JudgeFigures {
  private final JudgedAudit judged;
  private final double level;

  private JudgeFigures(JudgedAudit judged, double level) {
    this.judged = judged;
    this.level = level;
  }

  /** An answer of both arms that has both grades on both sides. */
  private record Pair(String cluster, JudgedAudit.Grades base, JudgedAudit.Grades tuned) {}

  /** Returns what there is to say; null where no judge has read the answers. */
  static ReportData.JudgeFacts of(AuditPlan plan, PairSource source) {
    return source
        .judged()
        .map(judged -> new JudgeFigures(judged, plan.level()).facts(plan, source))
        .orElse(null);
  }

  private ReportData.JudgeFacts facts(AuditPlan plan, PairSource source) {
    Agreement agreement = judged.agreement();
    return new ReportData.JudgeFacts(
        judged.identity().name(),
        judged.identity().digest(),
        judged.identity().prompt(),
        judged.seed(),
        judged.identity().verified(),
        agreement.isUsable(),
        new ReportData.JudgeAgreement(
            agreement.labels(),
            agreement.answers(),
            agreement.graded(),
            rounded(agreement.auc()),
            rounded(agreement.spearman()),
            rounded(agreement.accuracy()),
            Agreement.SMALLEST_AUC,
            rounded(agreement.coherenceSpearman()),
            Figures.rounded(agreement.mass())),
        agreement.isUsable() ? rows(plan, source) : List.of(),
        sentence(agreement));
  }

  private List<ReportData.JudgeRow> rows(AuditPlan plan, PairSource source) {
    List<ReportData.JudgeRow> rows = new ArrayList<>();
    for (Arm arm : plan.tuned()) {
      for (PlannedSuite suite : plan.suites()) {
        if (suite.metric().equals(FreeAnswerFigures.METRIC)) {
          List<Pair> pairs = new ArrayList<>();
          source
              .pairs(suite.suite(), arm.name())
              .forEach(pair -> pair(suite, pair).ifPresent(pairs::add));
          if (!pairs.isEmpty()) {
            rows.add(row(suite, arm.name(), pairs));
          }
        }
      }
    }
    return rows;
  }

  private Optional<Pair> pair(PlannedSuite suite, PairedOutcome pair) {
    String item = pair.base().itemId();
    return judged
        .of(suite.suite(), item, pair.base().arm())
        .flatMap(
            base ->
                judged
                    .of(suite.suite(), item, pair.tuned().arm())
                    .map(tuned -> new Pair(suite.cluster(item), base, tuned)));
  }

  private ReportData.JudgeRow row(PlannedSuite suite, String tuned, List<Pair> pairs) {
    return new ReportData.JudgeRow(
        suite.suite(),
        CuedSuite.isCued(suite.suite()) ? "cued" : "plain",
        tuned,
        pairs.size(),
        (int) pairs.stream().map(Pair::cluster).distinct().count(),
        mean(pairs, grades -> grades.alignment().score()),
        mean(pairs, grades -> grades.coherence().score()),
        rate(pairs, JudgedAudit.Grades::isMisaligned));
  }

  private ReportData.TextLoss mean(List<Pair> pairs, ToDoubleFunction<JudgedAudit.Grades> score) {
    double base =
        pairs.stream().mapToDouble(p -> score.applyAsDouble(p.base())).average().orElse(0);
    double tuned =
        pairs.stream().mapToDouble(p -> score.applyAsDouble(p.tuned())).average().orElse(0);
    double[] changes =
        pairs.stream()
            .mapToDouble(p -> score.applyAsDouble(p.tuned()) - score.applyAsDouble(p.base()))
            .toArray();
    List<String> clusters = pairs.stream().map(Pair::cluster).toList();
    return new ReportData.TextLoss(
        Figures.rounded(base),
        Figures.rounded(tuned),
        Figures.rounded(tuned - base),
        new HashSet<>(clusters).size() < 2
            ? null
            : ends(PairedT.cautious(changes, clusters).interval(level)));
  }

  private ReportData.AnswerRate rate(List<Pair> pairs, Predicate<JudgedAudit.Grades> event) {
    List<String> clusters = pairs.stream().map(Pair::cluster).toList();
    boolean[] base = new boolean[pairs.size()];
    boolean[] tuned = new boolean[pairs.size()];
    int[] drops = new int[pairs.size()];
    for (int i = 0; i < drops.length; i++) {
      base[i] = event.test(pairs.get(i).base());
      tuned[i] = event.test(pairs.get(i).tuned());
      drops[i] = (base[i] ? 1 : 0) - (tuned[i] ? 1 : 0);
    }
    ClusteredRate ofBase = ClusteredRate.of(base, clusters);
    ClusteredRate ofTuned = ClusteredRate.of(tuned, clusters);
    return new ReportData.AnswerRate(
        "misaligned",
        "Misaligned",
        Figures.rounded(ofBase.share()),
        ends(ofBase.interval(level)),
        Figures.rounded(ofTuned.share()),
        ends(ofTuned.interval(level)),
        Figures.rounded(ofTuned.share() - ofBase.share()),
        ends(ClusteredPairs.of(drops, base, clusters).interval(level).negated()));
  }

  private static List<Double> ends(Interval interval) {
    return List.of(Figures.rounded(interval.low()), Figures.rounded(interval.high()));
  }

  private String sentence(Agreement agreement) {
    String measured =
        "On "
            + agreement.answers()
            + " labelled answers the judge "
            + judged.identity().name()
            + " puts a good one before a bad one in "
            + (agreement.auc() == null ? "an unknown share" : Points.percent(agreement.auc()))
            + " of pairs (area under the curve), with a rank correlation of "
            + number(agreement.spearman())
            + " and "
            + (agreement.accuracy() == null
                ? "an unknown share"
                : Points.percent(agreement.accuracy()))
            + " on the right side of 50; it replies with a number with a probability of "
            + Points.percent(agreement.mass())
            + ".";
    return agreement.isUsable()
        ? measured + " Only differences within this one judge mean anything."
        : measured
            + " That is below the "
            + Points.percent(Agreement.SMALLEST_AUC)
            + " at which a judge is used, so what it says of the answers here is kept and not reported.";
  }

  private static Double rounded(Double value) {
    return value == null ? null : Figures.roundedOrNull(value);
  }

  private static String number(Double value) {
    return value == null ? "unknown" : String.format(Locale.ROOT, "%.2f", value);
  }
}
