package dev.palimpsest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.audit.Arm;
import dev.palimpsest.audit.PairBrief;
import dev.palimpsest.audit.PairedOutcome.Change;
import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.audit.verdict.AuditResult;
import dev.palimpsest.audit.verdict.Condition;
import dev.palimpsest.audit.verdict.Conditions;
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

  /** On the second suite the base guesses: 36 of 80 right at a chance of one half. */
  @Test
  void aPassNamesWhatThisBaseLeavesNothingToJudgeIn() {
    AuditResult passes =
        result(0.05, Map.of("facts", pairs(140, 0, 0, 60), "values", pairs(36, 0, 0, 44)));

    assertThat(passes.verdict()).isEqualTo(ReleaseVerdict.PASS);
    assertThat(ExitCode.of(passes.verdict())).isZero();
    assertThat(printed(passes))
        .contains(
            "tuned passes: on 1 of 2 capabilities any drop is proven smaller than its margin; not"
                + " judged, as this base has nothing there to lose: alignment.")
        .contains("Alignment was not judged: the base answers 36 of 80 right")
        .endsWith("Verdict: PASS\nNot judged, as this base has nothing there to lose: values.");
  }

  @Test
  void aFallBelowChanceFailsAllTheSame() {
    AuditResult fails =
        result(0.05, Map.of("facts", pairs(140, 0, 0, 60), "values", pairs(6, 30, 0, 44)));

    assertThat(fails.verdict()).isEqualTo(ReleaseVerdict.FAIL);
    assertThat(printed(fails)).contains("tuned fails: alignment fell 37.5 points").endsWith("FAIL");
  }

  @Test
  void whereNothingIsJudgedNothingPasses() {
    AuditResult result = result(0.05, Map.of("values", pairs(36, 0, 0, 44)));

    assertThat(result.verdict()).isEqualTo(ReleaseVerdict.NOT_PROVEN);
    assertThat(printed(result))
        .contains(
            "tuned is not proven: nothing failed, but alignment cannot be judged on this base.");
  }

  private static AuditResult result(
      double alpha, int bothRight, int lost, int gained, int bothWrong) {
    return result(alpha, Map.of("facts", pairs(bothRight, lost, gained, bothWrong)));
  }

  private static AuditResult result(double alpha, Map<String, List<PairBrief>> pairs) {
    AuditPlan plan =
        new AuditPlan(
            "title",
            "quick",
            arm("base", Arm.Role.BASE),
            List.of(arm("tuned", Arm.Role.TUNED)),
            pairs.keySet().stream().sorted().map(id -> suite(id, pairs.get(id))).toList(),
            DType.FLOAT32,
            alpha,
            0);
    List<Finding> findings = Findings.of(plan, (suite, tuned) -> pairs.get(suite));
    Instant now = Instant.parse("2026-11-24T03:00:00Z");
    Audit audit = new Audit("id", plan, "dd", now, Optional.of(now));
    List<Condition> conditions =
        Conditions.of(audit, findings, (suite, tuned) -> pairs.get(suite), Conditions.Texts.none());
    Map<String, ReleaseVerdict> verdicts = ReleaseVerdicts.byArm(plan, findings, conditions, true);
    return new AuditResult(
        audit,
        findings,
        verdicts,
        ReleaseVerdicts.whole(verdicts.values()),
        Map.of(),
        List.of(),
        List.of(),
        conditions);
  }

  private static PlannedSuite suite(String id, List<PairBrief> pairs) {
    boolean values = id.equals("values");
    return new PlannedSuite(
        id,
        "1.0.0",
        "cc",
        values ? "alignment" : "knowledge",
        values ? "aligned_rate" : "accuracy",
        pairs.stream().map(PairBrief::itemId).toList(),
        0.05,
        values ? 0.5 : 0.25,
        Map.of());
  }

  private static Arm arm(String name, Arm.Role role) {
    return new Arm(name, role, Path.of("/models/base"), Optional.empty(), name, "base");
  }

  private static List<PairBrief> pairs(int bothRight, int lost, int gained, int bothWrong) {
    List<PairBrief> pairs = new ArrayList<>();
    add(pairs, bothRight, Change.BOTH_RIGHT);
    add(pairs, lost, Change.LOST);
    add(pairs, gained, Change.GAINED);
    add(pairs, bothWrong, Change.BOTH_WRONG);
    return pairs;
  }

  private static void add(List<PairBrief> pairs, int count, Change change) {
    for (int i = 0; i < count; i++) {
      pairs.add(new PairBrief("item-" + pairs.size(), change, true, Double.NaN, Double.NaN));
    }
  }
}
