package dev.palimpsest.audit.verdict;

import dev.palimpsest.audit.Arm;
import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.stats.PairedTable;
import java.util.List;
import java.util.Map;

/** Joins what is known of an audit: findings, verdicts, provenance. */
public final class AuditResults {
  private AuditResults() {}

  /**
   * Returns what an audit found.
   *
   * @param provenance named facts about how it ran
   * @param pairs that there are so far
   * @param scores that there are so far, of suites and their variants
   */
  public static AuditResult of(
      Audit audit, Map<String, String> provenance, Findings.Pairs pairs, Cells.Scores scores) {
    boolean complete = audit.finishedAt().isPresent();
    List<Finding> findings = Findings.of(audit.plan(), pairs);
    Map<String, ReleaseVerdict> verdicts = ReleaseVerdicts.byArm(audit.plan(), findings, complete);
    return new AuditResult(
        audit,
        findings,
        verdicts,
        ReleaseVerdicts.whole(verdicts.values()),
        provenance,
        noise(audit.plan(), pairs),
        Cells.of(audit.plan(), scores));
  }

  private static List<NoiseFloor> noise(AuditPlan plan, Findings.Pairs pairs) {
    return plan.controls().stream()
        .flatMap(arm -> plan.suites().stream().map(suite -> noise(suite, arm, pairs)))
        .filter(floor -> floor.n() > 0)
        .toList();
  }

  private static NoiseFloor noise(PlannedSuite suite, Arm control, Findings.Pairs pairs) {
    PairedTable table = FindingsCounts.of(pairs.of(suite.suite(), control.name())).table();
    return new NoiseFloor(
        suite.suite(), suite.capability(), table.n(), table.lost(), table.gained());
  }
}
