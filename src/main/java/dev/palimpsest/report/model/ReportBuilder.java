package dev.palimpsest.report.model;

import dev.palimpsest.audit.Arm;
import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.plan.AuditPower;
import dev.palimpsest.audit.plan.PlanPower;
import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.audit.review.Review;
import dev.palimpsest.audit.verdict.AuditResult;
import dev.palimpsest.audit.verdict.Claims;
import dev.palimpsest.audit.verdict.Condition;
import dev.palimpsest.audit.verdict.Finding;
import dev.palimpsest.audit.verdict.ReleaseVerdict;
import dev.palimpsest.report.ReportException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Turns a result into the report's model. */
final class ReportBuilder {
  private final AuditResult result;
  private final AuditPlan plan;
  private final AnswerFigures answers;

  private ReportBuilder(AuditResult result, AnswerFigures answers) {
    this.result = result;
    this.plan = result.audit().plan();
    this.answers = answers;
  }

  static ReportData build(
      AuditResult result, PairSource source, List<Review> reviews, ReportData.ItemsFile items) {
    AuditPlan plan = result.audit().plan();
    // A report that names no digest of its items is for showing: it is made of counts alone.
    AnswerFigures answers =
        items.sha256().isEmpty() ? AnswerFigures.none(plan) : AnswerFigures.read(plan, source);
    return new ReportBuilder(result, answers).build(source, reviews, items);
  }

  private ReportData build(PairSource source, List<Review> reviews, ReportData.ItemsFile items) {
    boolean isKept = !items.sha256().isEmpty();
    List<ReportData.PlainText> plainTexts =
        isKept ? PlainTextFigures.of(plan, source, result.provenance()) : List.of();
    CauseBuilder causes = new CauseBuilder(result, answers, plainTexts);
    return new ReportData(
        ReportData.SCHEMA,
        result.verdict(),
        Headline.ofWhole(result),
        audit(),
        PolicyFigures.of(result),
        checkpoint(plan.base()),
        plan.tuned().stream().map(this::tuned).toList(),
        plan.suites().stream().map(this::suite).toList(),
        capabilities(source),
        Claims.of(result.findings(), plan.alpha()),
        jointPower(),
        result.noise().stream()
            .map(f -> new ReportData.Floor(f.suite(), f.n(), f.lost(), f.gained()))
            .toList(),
        answers.behaviour(),
        plainTexts,
        isKept ? FreeAnswerFigures.of(plan, source) : List.of(),
        isKept ? JudgeFigures.of(plan, source) : null,
        isKept ? AmplifiedFigures.of(source, plan.level()) : List.of(),
        causes.causes(),
        causes.trajectories(),
        ChoiceBuilder.of(result, source),
        NeedBuilder.of(plan, source),
        Limits.of(result),
        new TreeMap<>(result.provenance()),
        ReviewFigures.of(result, source, reviews),
        items,
        plan.training().map(TrainingFigures::of).orElse(null));
  }

  private ReportData.AuditFacts audit() {
    Audit audit = result.audit();
    return new ReportData.AuditFacts(
        audit.id(),
        plan.name(),
        plan.depth(),
        audit.planDigest(),
        plan.alpha(),
        Figures.rounded(plan.level()),
        plan.arithmetic(),
        plan.seed(),
        plan.template().label(),
        audit.frozenAt().toString(),
        audit.finishedAt().map(Instant::toString).orElse(null));
  }

  private static ReportData.Checkpoint checkpoint(Arm arm) {
    return new ReportData.Checkpoint(arm.name(), kind(arm), arm.digest(), arm.baseDigest());
  }

  private ReportData.TunedCheckpoint tuned(Arm arm) {
    return new ReportData.TunedCheckpoint(
        arm.name(),
        kind(arm),
        arm.digest(),
        arm.baseDigest(),
        result.verdicts().getOrDefault(arm.name(), ReleaseVerdict.INCOMPLETE),
        Headline.ofArm(result, arm.name()),
        arm.notes(),
        arm.scale().orElse(null),
        result.notJudged(arm.name()).stream().map(Condition::suite).toList(),
        result.conditions(arm.name()).stream().map(ReportBuilder::condition).toList());
  }

  private static ReportData.ConditionResult condition(Condition one) {
    return new ReportData.ConditionResult(
        one.suite(), one.name(), one.kind(), one.result(), one.sentence());
  }

  private static String kind(Arm arm) {
    return arm.endpoint().isPresent()
        ? "endpoint"
        : arm.adapter().isPresent() ? "adapter" : "model";
  }

  private ReportData.SuiteFacts suite(PlannedSuite suite) {
    PlanPower power = PlanPower.of(plan, suite);
    return new ReportData.SuiteFacts(
        suite.suite(),
        suite.version(),
        suite.digest(),
        suite.capability(),
        suite.metric(),
        suite.itemIds().size(),
        suite.population() == 0 ? null : suite.population(),
        suite.margin(),
        suite.chance() == 0 ? null : suite.chance(),
        power.scenarios().stream().map(ReportBuilder::power).toList(),
        power.sentence());
  }

  private static ReportData.Power power(PlanPower.Scenario scenario) {
    return new ReportData.Power(
        scenario.discordance(),
        Figures.rounded(scenario.chance()),
        Figures.rounded(scenario.smallestMargin()),
        scenario.itemsNeeded());
  }

  private ReportData.JointPower jointPower() {
    AuditPower power = AuditPower.of(plan);
    return new ReportData.JointPower(
        power.together().stream()
            .map(
                one -> new ReportData.JointChance(one.discordance(), Figures.rounded(one.chance())))
            .toList(),
        power.sentence());
  }

  private List<ReportData.Capability> capabilities(PairSource source) {
    List<ReportData.Capability> capabilities = new ArrayList<>();
    for (Arm arm : plan.tuned()) {
      for (Finding finding : result.findings()) {
        if (finding.tuned().equals(arm.name())) {
          capabilities.add(capability(finding, source));
        }
      }
    }
    return capabilities;
  }

  private ReportData.Capability capability(Finding finding, PairSource source) {
    PlannedSuite suite =
        plan.suites().stream()
            .filter(planned -> planned.suite().equals(finding.suite()))
            .findFirst()
            .orElseThrow(
                () -> new ReportException("Suite " + finding.suite() + " is not in the plan."));
    return new CapabilityBuilder(
            suite, finding, source.pairs(finding.suite(), finding.tuned()).briefs(), plan.level())
        .build(answers.of(finding.suite(), finding.tuned()), cells(finding));
  }

  private ReportData.Cells cells(Finding finding) {
    return result.cells().stream()
        .filter(one -> one.suite().equals(finding.suite()) && one.tuned().equals(finding.tuned()))
        .findFirst()
        .map(
            one ->
                new ReportData.Cells(
                    one.items(),
                    one.written(),
                    one.kept(),
                    one.formatDrift(),
                    one.elicitationLoss(),
                    one.knowledgeLoss(),
                    one.unexplained(),
                    one.sentence()))
        .orElse(null);
  }
}
