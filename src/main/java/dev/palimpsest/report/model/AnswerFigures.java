package dev.palimpsest.report.model;

import dev.palimpsest.audit.Arm;
import dev.palimpsest.audit.PairedOutcome;
import dev.palimpsest.audit.Points;
import dev.palimpsest.audit.behaviour.Behaviour;
import dev.palimpsest.audit.behaviour.BehaviourMeasure;
import dev.palimpsest.audit.behaviour.Calibration;
import dev.palimpsest.audit.behaviour.SubjectUse;
import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.stats.Interval;
import dev.palimpsest.stats.PairedTable;
import dev.palimpsest.stats.Tango;
import dev.palimpsest.suite.Evidence;
import dev.palimpsest.suite.Metric;
import dev.palimpsest.suite.variant.Variant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What is read off generated answers: how each arm behaves, what it invents, and whether its
 * answers depend on their subject. It reads every text once, so it is made when a report is kept,
 * and not for a view of an audit that still runs.
 */
final class AnswerFigures {
  /** Metrics of suites whose answers are written. */
  private static final Set<String> WRITTEN =
      Set.of(Metric.PASS_RATE.label(), Metric.TRUTHFUL_RATE.label(), Metric.CAREFUL_RATE.label());

  private final AuditPlan plan;
  private final PairSource source;
  private final SortedMap<String, ReportData.ArmBehaviour> behaviour = new TreeMap<>();
  private final Map<Report.Key, List<ReportData.Figure>> figures = new HashMap<>();
  private final Map<String, Behaviour> elsewhere = new HashMap<>();

  private AnswerFigures(AuditPlan plan, PairSource source) {
    this.plan = plan;
    this.source = source;
  }

  static AnswerFigures read(AuditPlan plan, PairSource source) {
    AnswerFigures figures = new AnswerFigures(plan, source);
    plan.tuned().forEach(figures::read);
    return figures;
  }

  /** Reads nothing. */
  static AnswerFigures none(AuditPlan plan) {
    return new AnswerFigures(plan, null);
  }

  SortedMap<String, ReportData.ArmBehaviour> behaviour() {
    return behaviour;
  }

  List<ReportData.Figure> of(String suite, String tuned) {
    return figures.getOrDefault(new Report.Key(suite, tuned), List.of());
  }

  /**
   * Returns how an arm answers suites that do not ask for the skill, where the skill's own form
   * would be out of place.
   */
  Optional<Behaviour> elsewhere(String arm) {
    return Optional.ofNullable(elsewhere.get(arm));
  }

  private void read(Arm arm) {
    Behaviour.Collector answers = new Behaviour.Collector();
    Behaviour.Collector others = new Behaviour.Collector();
    boolean apart = plan.asked().stream().anyMatch(PlannedSuite::skill);
    for (PlannedSuite suite : plan.asked()) {
      if (suite.capability().equals("calibration")) {
        Calibration calibration = new Calibration();
        source.pairs(suite.suite(), arm.name()).forEach(calibration::add);
        figures.put(new Report.Key(suite.suite(), arm.name()), ofCalibration(calibration));
      }
      if (isGenerated(suite)) {
        Twins twins = new Twins(suite);
        source
            .pairs(suite.suite(), arm.name())
            .forEach(
                pair -> {
                  answers.add(pair);
                  if (apart && !suite.skill()) {
                    others.add(pair);
                  }
                  twins.add(pair);
                });
        figures.put(new Report.Key(suite.suite(), arm.name()), twins.figures(plan.level()));
      }
    }
    answers
        .behaviour(plan.level())
        .ifPresent(
            found -> {
              behaviour.putIfAbsent(plan.base().name(), ofBase(found));
              behaviour.put(arm.name(), ofArm(found));
              elsewhere.put(arm.name(), found);
            });
    if (apart) {
      elsewhere.remove(arm.name());
      others.behaviour(plan.level()).ifPresent(found -> elsewhere.put(arm.name(), found));
    }
  }

  private List<ReportData.Figure> ofCalibration(Calibration calibration) {
    List<ReportData.Figure> all = new ArrayList<>();
    calibration
        .brier(plan.level())
        .ifPresent(
            f -> all.add(Twins.share("brier", "Brier score", f.base(), f.tuned(), f.change())));
    calibration
        .expectedError()
        .ifPresent(
            f ->
                all.add(
                    Twins.share(
                        "calibrationError", "Calibration error", f.base(), f.tuned(), f.change())));
    return all;
  }

  private static boolean isGenerated(PlannedSuite suite) {
    return WRITTEN.contains(suite.metric())
        || Variant.of(suite.suite()).equals(Optional.of(Variant.WRITTEN));
  }

  private ReportData.ArmBehaviour ofBase(Behaviour found) {
    SortedMap<String, ReportData.Trait> traits = new TreeMap<>();
    for (BehaviourMeasure one : found.measures()) {
      traits.put(
          one.id(),
          new ReportData.Trait(
              one.id(),
              one.label(),
              Figures.rounded(one.base()),
              ends(one.baseInterval()),
              one.unit(),
              one.n(),
              null,
              null,
              one.text(one.base())));
    }
    return new ReportData.ArmBehaviour(found.answers(), traits, phrases(found.baseBoilerplate()));
  }

  private ReportData.ArmBehaviour ofArm(Behaviour found) {
    SortedMap<String, ReportData.Trait> traits = new TreeMap<>();
    for (BehaviourMeasure one : found.measures()) {
      traits.put(
          one.id(),
          new ReportData.Trait(
              one.id(),
              one.label(),
              Figures.rounded(one.value()),
              ends(one.interval()),
              one.unit(),
              one.n(),
              Figures.rounded(one.change()),
              ends(one.changeInterval()),
              one.text(one.value()) + ", " + one.changeText(plan.level())));
    }
    return new ReportData.ArmBehaviour(found.answers(), traits, phrases(found.boilerplate()));
  }

  private static List<ReportData.Phrase> phrases(List<Behaviour.Phrase> phrases) {
    return phrases.stream()
        .map(phrase -> new ReportData.Phrase(phrase.text(), phrase.answers()))
        .toList();
  }

  private static List<Double> ends(Interval interval) {
    return List.of(Figures.rounded(interval.low()), Figures.rounded(interval.high()));
  }

  /** Counts what a suite of twins shows beside its score. */
  private static final class Twins {
    private final PlannedSuite suite;
    private final SubjectUse subjects = new SubjectUse();
    private final Map<String, int[]> tables = new HashMap<>();

    Twins(PlannedSuite suite) {
      this.suite = suite;
    }

    void add(PairedOutcome pair) {
      if (pair.base().evidence() instanceof Evidence.Twin base
          && pair.tuned().evidence() instanceof Evidence.Twin tuned
          && pair.change() != PairedOutcome.Change.NOT_COMPARABLE) {
        if (base.answerable()) {
          count("overAbstained", base, tuned, Evidence.Twin::abstained);
        } else {
          count("fabricated", base, tuned, Evidence.Twin::fabricated);
          count("abstained", base, tuned, Evidence.Twin::abstained);
        }
        String topic = suite.topics().getOrDefault(pair.base().itemId(), "");
        if (topic.contains("-of-")) {
          subjects.add(topic, pair);
        }
      }
    }

    private void count(
        String id, Evidence.Twin base, Evidence.Twin tuned, Predicate<Evidence.Twin> flag) {
      int cell = (flag.test(base) ? 0 : 2) + (flag.test(tuned) ? 0 : 1);
      tables.computeIfAbsent(id, key -> new int[4])[cell]++;
    }

    List<ReportData.Figure> figures(double level) {
      List<ReportData.Figure> all = new ArrayList<>();
      add(all, "fabricated", "Invented answers", level);
      add(all, "abstained", "Says that there is no answer", level);
      add(all, "overAbstained", "Declines what has an answer", level);
      subjects
          .concentration(level)
          .ifPresent(f -> all.add(figure("concentration", "Same answer within a relation", f)));
      subjects
          .sensitivity(level)
          .ifPresent(f -> all.add(figure("subjectSensitivity", "Answer follows the subject", f)));
      return all;
    }

    private void add(List<ReportData.Figure> all, String id, String label, double level) {
      int[] cells = tables.get(id);
      if (cells != null) {
        PairedTable table = new PairedTable(cells[0], cells[1], cells[2], cells[3]);
        Interval change = Tango.interval(table, level).negated();
        all.add(share(id, label, table.baseRate(), table.tunedRate(), change));
      }
    }

    private static ReportData.Figure figure(String id, String label, SubjectUse.Figure found) {
      return share(id, label, found.base(), found.tuned(), found.interval());
    }

    private static ReportData.Figure share(
        String id, String label, double base, double tuned, Interval change) {
      String between =
          change == null
              ? ""
              : " (" + Points.signed(change.low()) + " to " + Points.signed(change.high()) + ")";
      return new ReportData.Figure(
          id,
          label,
          Figures.rounded(tuned - base),
          change == null ? null : ends(change),
          "points",
          false,
          Points.percent(base)
              + " to "
              + Points.percent(tuned)
              + ", "
              + Points.signed(tuned - base)
              + " points"
              + between
              + "; not gated",
          Figures.rounded(base),
          Figures.rounded(tuned));
    }
  }
}
