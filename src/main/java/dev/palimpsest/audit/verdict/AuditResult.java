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
 */
public record AuditResult(
    Audit audit,
    List<Finding> findings,
    Map<String, ReleaseVerdict> verdicts,
    ReleaseVerdict verdict,
    Map<String, String> provenance,
    List<NoiseFloor> noise,
    List<Cells> cells) {
  public AuditResult {
    Objects.requireNonNull(audit, "audit is null");
    findings = List.copyOf(findings);
    verdicts = Map.copyOf(verdicts);
    Objects.requireNonNull(verdict, "verdict is null");
    provenance = Map.copyOf(provenance);
    noise = List.copyOf(noise);
    cells = List.copyOf(cells);
  }

  /** Makes a result without a noise floor and without causes. */
  public AuditResult(
      Audit audit,
      List<Finding> findings,
      Map<String, ReleaseVerdict> verdicts,
      ReleaseVerdict verdict,
      Map<String, String> provenance) {
    this(audit, findings, verdicts, verdict, provenance, List.of(), List.of());
  }
}
