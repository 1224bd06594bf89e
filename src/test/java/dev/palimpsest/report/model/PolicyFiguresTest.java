package dev.palimpsest.report.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.plan.PlannedPolicy;
import dev.palimpsest.audit.plan.Policy;
import dev.palimpsest.audit.plan.PolicyFile;
import dev.palimpsest.audit.verdict.AuditResult;
import dev.palimpsest.audit.verdict.ReleaseVerdict;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whether a report can say that its policy was there before the checkpoint was. */
final class PolicyFiguresTest {
  private static final Policy POLICY =
      PolicyFile.parse("policy.yaml", "version: 2\nname: SQL\nuninformative: block");

  @Test
  void aPolicyThatCameBeforeTheFilesSaysSo() {
    ReportData.PolicyFacts facts =
        facts(
            Map.of(
                "policy registered", "2026-11-20T08:00:00Z",
                "files written of sql-forget", "2026-11-22T09:30:00Z"));

    assertThat(facts.digest()).isEqualTo(POLICY.digest());
    assertThat(facts.registeredAt()).isEqualTo("2026-11-20T08:00:00Z");
    assertThat(facts.uninformative()).isEqualTo("block");
    assertThat(facts.sentence())
        .isEqualTo(
            "Judged by the policy SQL (digest "
                + POLICY.digest().substring(0, 12)
                + "), registered 2026-11-20T08:00:00Z, before the files of sql-forget were last"
                + " written (2026-11-22T09:30:00Z).");
  }

  @Test
  void oneThatCameAfterSaysThatToo() {
    assertThat(
            facts(
                    Map.of(
                        "policy registered", "2026-11-23T08:00:00Z",
                        "files written of sql-forget", "2026-11-22T09:30:00Z"))
                .sentence())
        .contains(", after the files of sql-forget were last written");
  }

  @Test
  void oneThatWasNotRegisteredSaysNoTime() {
    assertThat(facts(Map.of()).registeredAt()).isNull();
    assertThat(facts(Map.of()).sentence())
        .endsWith("which was not registered before the plan was frozen.");
  }

  @Test
  void whereNobodySetAnythingThereIsNoPolicy() {
    assertThat(facts(Policy.standard(), Map.of())).isNull();
  }

  private static ReportData.PolicyFacts facts(Map<String, String> provenance) {
    return facts(POLICY, provenance);
  }

  private static ReportData.PolicyFacts facts(Policy policy, Map<String, String> provenance) {
    AuditPlan plan = SampleAudit.small().result().audit().plan();
    AuditPlan judged =
        new AuditPlan(
            plan.name(),
            plan.depth(),
            plan.base(),
            plan.tuned(),
            plan.suites(),
            plan.dtype(),
            plan.alpha(),
            plan.seed(),
            plan.template(),
            plan.variants(),
            plan.thinkingTokens(),
            plan.choice(),
            plan.budgetMinutes(),
            Optional.of(PlannedPolicy.of(policy)));
    Instant now = Instant.parse("2026-11-24T03:00:00Z");
    return PolicyFigures.of(
        new AuditResult(
            new Audit("id", judged, "dd", now, Optional.of(now)),
            List.of(),
            Map.of(),
            ReleaseVerdict.INCOMPLETE,
            provenance));
  }
}
