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
    return of(audit, provenance, pairs, scores, (suite, arm) -> Map.of(), texts);
  }

  /**
   * Returns what an audit found.
   *
   * @param answers that there are so far; read where gates are decided early
   */
  public static AuditResult of(
      Audit audit,
      Map<String, String> provenance,
      Findings.Pairs pairs,
      Cells.Scores scores,
      EarlyGate.Answers answers,
      Conditions.Texts texts) {
    boolean complete = audit.finishedAt().isPresent();
    List<NoiseFloor> noise = NoiseFloor.of(audit.plan(), pairs);
    List<Finding> findings =
        audit.plan().decidesEarly()
            ? new EarlyFindings(audit.plan(), pairs, answers, provenance).all()
            : Findings.of(audit.plan(), pairs, noise, scores);
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
