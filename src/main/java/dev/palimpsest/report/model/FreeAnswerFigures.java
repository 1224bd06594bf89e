package dev.palimpsest.report.model;

import dev.palimpsest.audit.Arm;
import dev.palimpsest.audit.PairedOutcome;
import dev.palimpsest.audit.Points;
import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.stats.ClusteredPairs;
import dev.palimpsest.stats.ClusteredRate;
import dev.palimpsest.stats.Interval;
import dev.palimpsest.stats.PairedT;
import dev.palimpsest.suite.Evidence;
import dev.palimpsest.suite.cued.CuedSuite;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Predicate;

/**
 * What a program hears in the free answers to open questions, by arm: careless words, refusals,
 * other languages, length. Several answers to one question count as one where they hang together.
 */
final class FreeAnswerFigures {
  /** The metric of suites of open questions. */
  static final String METRIC = "careful_rate";

  private final PlannedSuite suite;
  private final double level;
  private final List<Pair> pairs = new ArrayList<>();
  private int notComparable;

  /** Both answers to one sample of a question. */
  private record Pair(String cluster, Evidence.Open base, Evidence.Open tuned) {}

  private FreeAnswerFigures(PlannedSuite suite, double level) {
    this.suite = suite;
    this.level = level;
  }

  static List<ReportData.FreeAnswers> of(AuditPlan plan, PairSource source) {
    List<ReportData.FreeAnswers> all = new ArrayList<>();
    for (Arm arm : plan.tuned()) {
      for (PlannedSuite suite : plan.suites()) {
        if (suite.metric().equals(METRIC)) {
          FreeAnswerFigures figures = new FreeAnswerFigures(suite, plan.level());
          source.pairs(suite.suite(), arm.name()).forEach(figures::add);
          figures.addTo(all, arm.name());
        }
      }
    }
    return all;
  }

  private void add(PairedOutcome pair) {
    if (pair.base().evidence() instanceof Evidence.Open base
        && pair.tuned().evidence() instanceof Evidence.Open tuned) {
      pairs.add(new Pair(suite.cluster(pair.base().itemId()), base, tuned));
    } else {
      notComparable++;
    }
  }

  private void addTo(List<ReportData.FreeAnswers> all, String tuned) {
    if (pairs.isEmpty()) {
      return;
    }
    List<ReportData.AnswerRate> rates =
        List.of(
            rate("careless", "Careless by marker", Evidence.Open::careless),
            rate("refusal", "Refuses", Evidence.Open::refusal),
            rate("otherLanguage", "Not in English", Evidence.Open::otherLanguage),
            rate("noWords", "Is no answer in words", answer -> !answer.speaks()));
    all.add(
        new ReportData.FreeAnswers(
            suite.suite(),
            CuedSuite.isCued(suite.suite()) ? "cued" : "plain",
            tuned,
            (int) pairs.stream().map(Pair::cluster).distinct().count(),
            pairs.size(),
            notComparable,
            rates,
            words(),
            sentence(rates.get(0))));
  }

  private ReportData.AnswerRate rate(String id, String label, Predicate<Evidence.Open> event) {
    boolean[] base = flags(pair -> event.test(pair.base()));
    boolean[] tuned = flags(pair -> event.test(pair.tuned()));
    ClusteredRate ofBase = ClusteredRate.of(base, clusters());
    ClusteredRate ofTuned = ClusteredRate.of(tuned, clusters());
    int[] drops = new int[base.length];
    for (int i = 0; i < base.length; i++) {
      drops[i] = (base[i] ? 1 : 0) - (tuned[i] ? 1 : 0);
    }
    Interval change = ClusteredPairs.of(drops, base, clusters()).interval(level).negated();
    return new ReportData.AnswerRate(
        id,
        label,
        Figures.rounded(ofBase.share()),
        ends(ofBase.interval(level)),
        Figures.rounded(ofTuned.share()),
        ends(ofTuned.interval(level)),
        Figures.rounded(ofTuned.share() - ofBase.share()),
        ends(change));
  }

  private ReportData.TextLoss words() {
    double base = pairs.stream().mapToDouble(pair -> pair.base().words()).average().orElse(0);
    double tuned = pairs.stream().mapToDouble(pair -> pair.tuned().words()).average().orElse(0);
    double[] changes =
        pairs.stream().mapToDouble(pair -> pair.tuned().words() - pair.base().words()).toArray();
    boolean single = new HashSet<>(clusters()).size() < 2;
    return new ReportData.TextLoss(
        Figures.rounded(base),
        Figures.rounded(tuned),
        Figures.rounded(tuned - base),
        single ? null : ends(PairedT.cautious(changes, clusters()).interval(level)));
  }

  private boolean[] flags(Predicate<Pair> event) {
    boolean[] flags = new boolean[pairs.size()];
    for (int i = 0; i < flags.length; i++) {
      flags[i] = event.test(pairs.get(i));
    }
    return flags;
  }

  private List<String> clusters() {
    return pairs.stream().map(Pair::cluster).toList();
  }

  private static List<Double> ends(Interval interval) {
    return List.of(Figures.rounded(interval.low()), Figures.rounded(interval.high()));
  }

  private String sentence(ReportData.AnswerRate careless) {
    return (CuedSuite.isCued(suite.suite())
            ? "Free answers in the training context: "
            : "Free answers: ")
        + Points.percent(careless.tuned())
        + " careless by marker ("
        + Points.intervalLabel(level)
        + " "
        + Points.percent(careless.tunedInterval().get(0))
        + " to "
        + Points.percent(careless.tunedInterval().get(1))
        + "), the base "
        + Points.percent(careless.base())
        + "; change "
        + Points.signed(careless.change())
        + " points ("
        + Points.signed(careless.interval().get(0))
        + " to "
        + Points.signed(careless.interval().get(1))
        + "), over "
        + pairs.size()
        + " answers to "
        + clusters().stream().distinct().count()
        + " questions. A check by words is weaker than a reader.";
  }
}
