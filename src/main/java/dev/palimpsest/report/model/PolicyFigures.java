package dev.palimpsest.report.model;

import dev.palimpsest.audit.Arm;
import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.plan.PlannedPolicy;
import dev.palimpsest.audit.plan.Policy;
import dev.palimpsest.audit.plan.PolicyWords;
import dev.palimpsest.audit.verdict.AuditResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Tells which policy an audit was judged by, and whether it was there before the checkpoints. */
final class PolicyFigures {
  private final AuditPlan plan;
  private final Map<String, String> facts;

  private PolicyFigures(AuditResult result) {
    this.plan = result.audit().plan();
    this.facts = result.provenance();
  }

  /**
   * Returns the policy's part of the report; null where the suites' own margins are all there is.
   */
  static ReportData.PolicyFacts of(AuditResult result) {
    PolicyFigures figures = new PolicyFigures(result);
    return figures
        .plan
        .policy()
        .filter(planned -> !planned.policy().equals(Policy.standard()))
        .map(figures::facts)
        .orElse(null);
  }

  private ReportData.PolicyFacts facts(PlannedPolicy planned) {
    String registered = facts.get("policy registered");
    String name = planned.policy().name();
    return new ReportData.PolicyFacts(
        name,
        planned.policy().version(),
        planned.digest(),
        registered,
        planned.policy().blocksUninformative() ? "block" : "name",
        PolicyWords.of(planned.policy()),
        "Judged by "
            + (name.isEmpty() ? "margins that were set for it" : "the policy " + name)
            + " (digest "
            + planned.digest().substring(0, 12)
            + "), "
            + (registered == null
                ? "which was not registered before the plan was frozen"
                : "registered " + registered + times(Instant.parse(registered)))
            + ".");
  }

  private String times(Instant registered) {
    List<String> said = new ArrayList<>();
    for (Arm arm : plan.tuned()) {
      String written = facts.get("files written of " + arm.name());
      if (written != null) {
        boolean before = registered.isBefore(Instant.parse(written));
        said.add(
            (before ? "before" : "after")
                + " the files of "
                + arm.name()
                + " were last written ("
                + written
                + ")");
      }
    }
    return said.isEmpty() ? "" : ", " + String.join(", ", said);
  }
}
