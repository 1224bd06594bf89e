package dev.palimpsest.audit.verdict;

import dev.palimpsest.audit.Arm;
import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.stats.PairedTable;
import java.util.List;
import java.util.Objects;

/**
 * What rounding alone changes: the base against itself in other batches, on one suite.
 *
 * @param suite id
 * @param capability what it probes
 * @param n items with a score both times
 * @param lost right the first time and wrong the second
 * @param gained wrong the first time and right the second
 */
public record NoiseFloor(String suite, String capability, int n, int lost, int gained) {
  public NoiseFloor {
    Objects.requireNonNull(suite, "suite is null");
    Objects.requireNonNull(capability, "capability is null");
  }

  /** Returns what is known of it so far, of every suite that the base runs again. */
  static List<NoiseFloor> of(AuditPlan plan, Findings.Pairs pairs) {
    return plan.controls().stream()
        .flatMap(arm -> plan.suites().stream().map(suite -> of(suite, arm, pairs)))
        .filter(floor -> floor.n() > 0)
        .toList();
  }

  private static NoiseFloor of(PlannedSuite suite, Arm control, Findings.Pairs pairs) {
    PairedTable table = FindingsCounts.of(pairs.of(suite.suite(), control.name())).table();
    return new NoiseFloor(
        suite.suite(), suite.capability(), table.n(), table.lost(), table.gained());
  }
}
