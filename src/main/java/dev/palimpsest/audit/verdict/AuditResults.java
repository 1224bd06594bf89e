package dev.palimpsest.audit.verdict;

import dev.palimpsest.audit.plan.Audit;
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
   * @param texts the same pairs with their texts, read only where a policy needs them
   */
  public static AuditResult of(
      Audit audit,
      Map<String, String> provenance,
      Findings.Pairs pairs,
      Cells.Scores scores,
      Conditions.Texts texts) {
    boolean complete = audit.finishedAt().isPresent();
    List<NoiseFloor> noise = NoiseFloor.of(audit.plan(), pairs);
    List<Finding> findings = Findings.of(audit.plan(), pairs, noise, scores);
    List<Condition> conditions = Conditions.of(audit, findings, pairs, texts);
    Map<String, ReleaseVerdict> verdicts =
        ReleaseVerdicts.byArm(audit.plan(), findings, conditions, complete);
    return new AuditResult(
        audit,
        findings,
        verdicts,
        ReleaseVerdicts.whole(verdicts.values()),
        provenance,
        noise,
        Cells.of(audit.plan(), scores),
        conditions);
  }
}
