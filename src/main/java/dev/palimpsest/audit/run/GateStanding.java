package dev.palimpsest.audit.run;

import dev.palimpsest.audit.Arm;
import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.audit.verdict.Decided;
import dev.palimpsest.audit.verdict.EarlyGate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How near a gate is to its decision.
 *
 * @param suite id
 * @param tuned the arm's name
 * @param decided as far as it got
 */
public record GateStanding(String suite, String tuned, Decided decided) {
  public GateStanding {
    Objects.requireNonNull(suite, "suite is null");
    Objects.requireNonNull(tuned, "tuned is null");
    Objects.requireNonNull(decided, "decided is null");
  }

  static List<GateStanding> of(
      AuditPlan plan, EarlyGate.Answers answers, Map<String, String> facts) {
    List<GateStanding> all = new ArrayList<>();
    for (Arm arm : plan.tuned()) {
      for (PlannedSuite suite : plan.suites()) {
        EarlyGate gate = EarlyGate.of(plan, suite, arm.name(), answers, facts);
        all.add(new GateStanding(suite.suite(), arm.name(), gate.decided(plan.alpha(), facts)));
      }
    }
    return all;
  }
}
