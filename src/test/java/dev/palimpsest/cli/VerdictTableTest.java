package dev.palimpsest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.audit.Arm;
import dev.palimpsest.audit.Outcome;
import dev.palimpsest.audit.Outcome.State;
import dev.palimpsest.audit.PairBrief;
import dev.palimpsest.audit.PairedOutcome;
import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.audit.verdict.AuditResult;
import dev.palimpsest.audit.verdict.Finding;
import dev.palimpsest.audit.verdict.Findings;
import dev.palimpsest.audit.verdict.ReleaseVerdict;
import dev.palimpsest.audit.verdict.ReleaseVerdicts;
import dev.palimpsest.inference.DType;
import dev.palimpsest.report.model.SampleAudit;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the terminal says of an audit whose pairs are laid down. */
final class VerdictTableTest {
  @Test
  void aProvenDropOfOpenSizeIsSaidBesideWhatIsNotProven() {
    AuditResult result = result(0.05, 98, 16, 4, 55);

    assertThat(result.verdict()).isEqualTo(ReleaseVerdict.NOT_PROVEN);
    assertThat(ExitCode.of(result.verdict())).isEqualTo(3);
    assertThat(printed(result))
        .contains("▽ Regressed", "Verdict: NOT_PROVEN")
        .contains(
            "tuned is not proven, and a regression is: knowledge fell 6.9 points (at least 2.6")
        .endsWith("The release is not proven, and a regression is.");
  }

  @Test
  void whatTheItemsDoNotDecideIsSaidWithTheLossTheyDoNotExclude() {
    assertThat(printed(result(0.05, 70, 5, 5, 20)))
        .contains("knowledge (a loss of up to 5.8 points is not excluded) is not decided")
        .doesNotContain("regression");
  }

  @Test
  void theIntervalIsNamedByItsOwnLevel() {
    assertThat(printed(result(0.05, 98, 16, 4, 55))).contains("90% INTERVAL");
    assertThat(printed(result(0.1, 98, 16, 4, 55)))
        .contains("80% INTERVAL", "[-10.5, -3.6]")
        .doesNotContain("90%");
    assertThat(printed(result(0.0001, 98, 16, 4, 55))).contains("99.98% INTERVAL");
  }

  /** One line per checkpoint: why, and the cheapest thing to do. */
  @Test
  void theCauseIsSaidWithWhatToDoNext() {
    StringWriter text = new StringWriter();
    new CauseLines(new PrintWriter(text)).print(SampleAudit.large().report().data());

    assertThat(text.toString().lines())
        .hasSize(3)
        .anyMatch(
            line ->
                line.startsWith(
                        "Cause, sql-forget: Answers in SQL where no SQL was asked: 191 of 200,")
                    && line.contains("Next: Try the prompt first"))
        .anyMatch(line -> line.startsWith("Cause, null-lora: Nothing changed: "));
  }

  private static String printed(AuditResult result) {
    StringWriter text = new StringWriter();
    new VerdictTable(new PrintWriter(text)).print(result);
    return text.toString().strip();
  }

  private static AuditResult result(
      double alpha, int bothRight, int lost, int gained, int bothWrong) {
    List<PairedOutcome> pairs = new ArrayList<>();
    add(pairs, bothRight, 1, 1);
    add(pairs, lost, 1, 0);
    add(pairs, gained, 0, 1);
    add(pairs, bothWrong, 0, 0);
    List<String> ids = pairs.stream().map(pair -> pair.base().itemId()).toList();
    AuditPlan plan =
        new AuditPlan(
            "title",
            "quick",
            arm("base", Arm.Role.BASE),
            List.of(arm("tuned", Arm.Role.TUNED)),
            List.of(
                new PlannedSuite(
                    "facts", "1.0.0", "cc", "knowledge", "accuracy", ids, 0.05, 0.25, Map.of())),
            DType.FLOAT32,
            alpha,
            0);
    List<Finding> findings =
        Findings.of(plan, (suite, tuned) -> pairs.stream().map(PairBrief::of).toList());
    Map<String, ReleaseVerdict> verdicts = ReleaseVerdicts.byArm(plan, findings, true);
    Instant now = Instant.parse("2026-11-24T03:00:00Z");
    return new AuditResult(
        new Audit("id", plan, "dd", now, Optional.of(now)),
        findings,
        verdicts,
        ReleaseVerdicts.whole(verdicts.values()),
        Map.of());
  }

  private static Arm arm(String name, Arm.Role role) {
    return new Arm(name, role, Path.of("/models/base"), Optional.empty(), name, "base");
  }

  private static void add(List<PairedOutcome> pairs, int count, double base, double tuned) {
    for (int i = 0; i < count; i++) {
      String id = "item-" + pairs.size();
      pairs.add(new PairedOutcome(outcome(id, "base", base), outcome(id, "tuned", tuned)));
    }
  }

  private static Outcome outcome(String id, String arm, double score) {
    return new Outcome("facts", id, arm, State.SCORED, score, "prompt", "out", "", "", Map.of());
  }
}
