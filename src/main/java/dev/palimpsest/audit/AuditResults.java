package dev.palimpsest.audit;

import dev.palimpsest.stats.PairedTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Joins what is known of an audit: findings, verdicts, provenance. */
final class AuditResults {
  private AuditResults() {}

  /** Reads the paired outcomes of one suite and tuned arm. */
  interface Pairs {
    List<PairedOutcome> of(String suite, String tuned);
  }

  static AuditResult of(Audit audit, Map<String, String> provenance, Pairs pairs) {
    boolean complete = audit.finishedAt().isPresent();
    List<Finding> all = new ArrayList<>();
    Map<String, ReleaseVerdict> verdicts = new LinkedHashMap<>();
    for (Arm arm : audit.plan().tuned()) {
      List<Finding> findings = findings(audit.plan(), arm.name(), pairs);
      all.addAll(findings);
      verdicts.put(arm.name(), ReleaseVerdicts.of(findings, complete));
    }
    return new AuditResult(
        audit,
        all,
        verdicts,
        ReleaseVerdicts.whole(verdicts.values()),
        provenance,
        noise(audit.plan(), pairs));
  }

  private static List<NoiseFloor> noise(AuditPlan plan, Pairs pairs) {
    return plan.controls().stream()
        .flatMap(arm -> plan.suites().stream().map(suite -> noise(suite, arm, pairs)))
        .filter(floor -> floor.n() > 0)
        .toList();
  }

  private static NoiseFloor noise(PlannedSuite suite, Arm control, Pairs pairs) {
    PairedTable table = FindingsCounts.of(pairs.of(suite.suite(), control.name())).table();
    return new NoiseFloor(
        suite.suite(), suite.capability(), table.n(), table.lost(), table.gained());
  }

  private static List<Finding> findings(AuditPlan plan, String tuned, Pairs pairs) {
    return plan.suites().stream()
        .map(suite -> Findings.of(suite, tuned, pairs.of(suite.suite(), tuned), plan.alpha()))
        .toList();
  }
}
