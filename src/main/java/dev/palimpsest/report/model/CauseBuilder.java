package dev.palimpsest.report.model;

import dev.palimpsest.audit.Arm;
import dev.palimpsest.audit.cause.ArmEvidence;
import dev.palimpsest.audit.cause.Cause;
import dev.palimpsest.audit.cause.Diagnosis;
import dev.palimpsest.audit.cause.Trajectory;
import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.audit.verdict.AuditResult;
import dev.palimpsest.stats.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Reads causes and turns off what a report has measured. */
final class CauseBuilder {
  private static final Set<String> SHIFTS =
      Set.of("fabricated", "abstained", "overAbstained", "concentration", "subjectSensitivity");

  private final AuditResult result;
  private final AuditPlan plan;
  private final AnswerFigures answers;
  private final List<ReportData.PlainText> plainTexts;
  private final Set<String> skills;

  CauseBuilder(AuditResult result, AnswerFigures answers, List<ReportData.PlainText> plainTexts) {
    this.result = result;
    this.plan = result.audit().plan();
    this.answers = answers;
    this.plainTexts = plainTexts;
    this.skills =
        plan.suites().stream()
            .filter(PlannedSuite::skill)
            .map(PlannedSuite::suite)
            .collect(Collectors.toSet());
  }

  /** Returns the causes of every arm; none before the audit is finished. */
  List<ReportData.Cause> causes() {
    if (result.audit().finishedAt().isEmpty()) {
      return List.of();
    }
    return plan.tuned().stream()
        .map(this::evidence)
        .map(Diagnosis::of)
        .flatMap(found -> found.causes().stream().map(cause -> cause(found.arm(), cause)))
        .toList();
  }

  /** Returns the runs among the arms; scales of one adapter are none. */
  List<ReportData.Trajectory> trajectories() {
    if (result.audit().finishedAt().isEmpty()) {
      return List.of();
    }
    List<String> arms =
        plan.tuned().stream().filter(arm -> arm.scale().isEmpty()).map(Arm::name).toList();
    return Trajectory.of(arms, result.findings(), skills).stream()
        .map(
            run ->
                new ReportData.Trajectory(
                    run.checkpoints(),
                    run.turns().stream().map(CauseBuilder::turn).toList(),
                    run.sentence()))
        .toList();
  }

  private ArmEvidence evidence(Arm arm) {
    return new ArmEvidence(
        arm.name(),
        weights(arm),
        result.findings().stream().filter(f -> f.tuned().equals(arm.name())).toList(),
        skills,
        result.cells().stream().filter(one -> one.tuned().equals(arm.name())).toList(),
        answers.elsewhere(arm.name()),
        shifts(arm.name()),
        plainText(arm.name()));
  }

  private static ArmEvidence.Weights weights(Arm arm) {
    if (arm.adapter().isEmpty()) {
      return ArmEvidence.Weights.MODEL;
    }
    return arm.scale().isPresent() ? ArmEvidence.Weights.SCALED : ArmEvidence.Weights.ADAPTER;
  }

  private List<ArmEvidence.Shift> shifts(String arm) {
    List<ArmEvidence.Shift> shifts = new ArrayList<>();
    for (PlannedSuite suite : plan.asked()) {
      answers.of(suite.suite(), arm).stream()
          .filter(figure -> SHIFTS.contains(figure.id()))
          .map(
              figure ->
                  new ArmEvidence.Shift(
                      suite.suite(),
                      figure.id(),
                      figure.base(),
                      figure.tuned(),
                      interval(figure.interval())))
          .forEach(shifts::add);
    }
    return shifts;
  }

  private Optional<ArmEvidence.Shift> plainText(String arm) {
    return plainTexts.stream()
        .filter(one -> one.tuned().equals(arm))
        .findFirst()
        .map(
            one -> {
              ReportData.TextLoss loss = one.sameTokens() ? one.lossPerToken() : one.bitsPerByte();
              return new ArmEvidence.Shift(
                  one.suite(),
                  one.sameTokens() ? "lossPerToken" : "bitsPerByte",
                  loss.base(),
                  loss.tuned(),
                  interval(loss.interval()));
            });
  }

  private static Optional<Interval> interval(List<Double> ends) {
    return Optional.ofNullable(ends).map(both -> new Interval(both.get(0), both.get(1)));
  }

  private static ReportData.Cause cause(String arm, Cause cause) {
    SortedMap<String, Double> figures = new TreeMap<>();
    cause.figures().forEach((name, value) -> figures.put(name, Figures.rounded(value)));
    return new ReportData.Cause(
        cause.id(),
        arm,
        cause.suite().orElse(null),
        cause.sentence(),
        figures,
        cause.advice().stream()
            .map(one -> new ReportData.Advice(one.text(), one.source()))
            .toList());
  }

  private static ReportData.Turn turn(Trajectory.Turn turn) {
    return new ReportData.Turn(
        turn.suite(),
        turn.capability(),
        turn.before().orElse(null),
        turn.from(),
        Figures.rounded(turn.delta()),
        turn.verdict());
  }
}
