package dev.palimpsest.report.model;

import dev.palimpsest.audit.PairBrief;
import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.audit.verdict.Finding;
import dev.palimpsest.audit.verdict.Findings;
import dev.palimpsest.audit.verdict.NoiseFloor;
import dev.palimpsest.audit.verdict.ReleaseVerdict;
import dev.palimpsest.audit.verdict.ReleaseVerdicts;
import java.util.List;
import java.util.Map;

/**
 * What a plan and the items alone say: the findings as a report tells them, without what is read
 * off texts, and the verdicts.
 *
 * @param capabilities in the report's order
 * @param verdicts by tuned checkpoint, by the suites' gates alone: a policy's further conditions
 *     rest on texts
 * @param verdict of the whole
 */
public record Recount(
    List<ReportData.Capability> capabilities,
    Map<String, ReleaseVerdict> verdicts,
    ReleaseVerdict verdict) {
  public Recount {
    capabilities = List.copyOf(capabilities);
    verdicts = Map.copyOf(verdicts);
  }

  /**
   * Counts a finished audit.
   *
   * @param pairs every item's pair, of every suite and tuned checkpoint
   * @param noise what the base changed against itself, which the items do not tell
   */
  public static Recount of(AuditPlan plan, Findings.Pairs pairs, List<NoiseFloor> noise) {
    List<Finding> findings = Findings.of(plan, pairs, noise, (suite, arm) -> Map.of());
    Map<String, ReleaseVerdict> verdicts = ReleaseVerdicts.byArm(plan, findings, List.of(), true);
    return new Recount(
        findings.stream().map(finding -> capability(plan, finding, pairs)).toList(),
        verdicts,
        ReleaseVerdicts.whole(verdicts.values()));
  }

  private static ReportData.Capability capability(
      AuditPlan plan, Finding finding, Findings.Pairs pairs) {
    PlannedSuite suite =
        plan.suites().stream()
            .filter(one -> one.suite().equals(finding.suite()))
            .findFirst()
            .orElseThrow();
    List<PairBrief> briefs = pairs.of(finding.suite(), finding.tuned());
    return new CapabilityBuilder(suite, finding, briefs, plan.level()).build(List.of(), null);
  }
}
