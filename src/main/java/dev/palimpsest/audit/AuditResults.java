package dev.palimpsest.audit;

import dev.palimpsest.stats.PairedTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Joins what is known of an audit: findings, verdicts, provenance. */
final class AuditResults {
  private AuditResults() {}

  /** Counts the paired outcomes of one suite and arm. */
  interface Counts {
    FindingsCounts of(String suite, String arm);
  }

  static AuditResult of(Audit audit, Map<String, String> provenance, Counts counts) {
    boolean complete = audit.finishedAt().isPresent();
    List<Finding> all = new ArrayList<>();
    Map<String, ReleaseVerdict> verdicts = new LinkedHashMap<>();
    for (Arm arm : audit.plan().tuned()) {
      List<Finding> findings = findings(audit.plan(), arm.name(), counts);
      all.addAll(findings);
      verdicts.put(arm.name(), ReleaseVerdicts.of(findings, complete));
    }
    return new AuditResult(
        audit,
        all,
        verdicts,
        ReleaseVerdicts.whole(verdicts.values()),
        provenance,
        noise(audit.plan(), counts));
  }

  private static List<NoiseFloor> noise(AuditPlan plan, Counts counts) {
    return plan.controls().stream()
        .flatMap(arm -> plan.suites().stream().map(suite -> noise(suite, arm, counts)))
        .filter(floor -> floor.n() > 0)
        .toList();
  }

  private static NoiseFloor noise(PlannedSuite suite, Arm control, Counts counts) {
    PairedTable table = counts.of(suite.suite(), control.name()).table();
    return new NoiseFloor(
        suite.suite(), suite.capability(), table.n(), table.lost(), table.gained());
  }

  private static List<Finding> findings(AuditPlan plan, String tuned, Counts counts) {
    return plan.suites().stream()
        .map(suite -> Findings.of(suite, tuned, counts.of(suite.suite(), tuned), plan.alpha()))
        .toList();
  }
}
