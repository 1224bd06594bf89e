package dev.palimpsest.audit.verdict;

import dev.palimpsest.audit.plan.Audit;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What an audit found: everything a report is made from.
 *
 * @param audit the frozen audit
 * @param findings one per suite and tuned arm, in plan order
 * @param verdicts by tuned arm name
 * @param verdict of the whole
 * @param provenance named facts about how it ran: engine, device, dtype, tokenizer and template
 *     digests, versions, times
 * @param noise what rounding alone changes, by suite; empty where it was not measured
 * @param cells why items were lost, by suite and tuned arm; empty where it was not asked
 * @param conditions what the release hangs on beside the findings, by tuned arm
 */
public record AuditResult(
    Audit audit,
    List<Finding> findings,
    Map<String, ReleaseVerdict> verdicts,
    ReleaseVerdict verdict,
    Map<String, String> provenance,
    List<NoiseFloor> noise,
    List<Cells> cells,
    List<Condition> conditions) {
  public AuditResult {
    Objects.requireNonNull(audit, "audit is null");
    findings = List.copyOf(findings);
    verdicts = Map.copyOf(verdicts);
    Objects.requireNonNull(verdict, "verdict is null");
    provenance = Map.copyOf(provenance);
    noise = List.copyOf(noise);
    cells = List.copyOf(cells);
    conditions = List.copyOf(conditions);
  }

  /** Makes a result without a noise floor and without causes. */
  public AuditResult(
      Audit audit,
      List<Finding> findings,
      Map<String, ReleaseVerdict> verdicts,
      ReleaseVerdict verdict,
      Map<String, String> provenance) {
    this(audit, findings, verdicts, verdict, provenance, List.of(), List.of(), List.of());
  }

  /** Returns the conditions of one tuned arm, the gravest kinds first. */
  public List<Condition> conditions(String tuned) {
    return conditions.stream().filter(one -> one.tuned().equals(tuned)).toList();
  }

  /** Returns the suites that could not be judged on this base, of one tuned arm. */
  public List<Condition> notJudged(String tuned) {
    return conditions(tuned).stream().filter(one -> one.kind() == Condition.Kind.JUDGED).toList();
  }
}
