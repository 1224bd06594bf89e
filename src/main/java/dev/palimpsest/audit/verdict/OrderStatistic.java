package dev.palimpsest.audit.verdict;

import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.stats.ClopperPearson;
import dev.palimpsest.suite.variant.Variant;
import java.util.Map;
import java.util.Optional;

/**
 * How much of the base's written answers hangs on the order of the choices: the share of items that
 * are right in one order and wrong in the other. A tune that changes fewer written answers than
 * that changed nothing that the order would not have changed.
 */
final class OrderStatistic {
  private OrderStatistic() {}

  /** Measures where the base was asked in both orders. */
  static Optional<Measure> of(AuditPlan plan, PlannedSuite suite, Cells.Scores scores) {
    String base = plan.base().name();
    Map<String, Boolean> first = scores.of(Variant.WRITTEN.id(suite.suite()), base);
    Map<String, Boolean> second = scores.of(Variant.REORDERED.id(suite.suite()), base);
    int both = (int) first.keySet().stream().filter(second::containsKey).count();
    if (both == 0) {
      return Optional.empty();
    }
    int turned =
        (int)
            first.entrySet().stream()
                .filter(one -> second.containsKey(one.getKey()))
                .filter(one -> !one.getValue().equals(second.get(one.getKey())))
                .count();
    return Optional.of(
        new Measure(
            "baseByOrder",
            "Base, choices in another order",
            (double) turned / both,
            ClopperPearson.interval(turned, both, plan.level()),
            Measure.Unit.SHARE,
            false,
            turned + " of " + both + " written answers of the base turn with the order alone"));
  }
}
