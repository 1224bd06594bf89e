package dev.palimpsest.audit.plan;

import dev.palimpsest.audit.CapabilityName;
import dev.palimpsest.audit.Points;
import dev.palimpsest.stats.sequential.ExpectedItems;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What gates that are decided early can prove: how many items each is expected to take where
 * nothing was lost, and how often its pool holds enough. Said in plain order; what the base's
 * margins save is not counted on.
 */
final class EarlyPower {
  private EarlyPower() {}

  static AuditPower of(List<PlannedSuite> suites, double alpha) {
    List<PlanPower> gates = suites.stream().map(suite -> gate(suite, alpha)).toList();
    List<AuditPower.Together> together = new ArrayList<>();
    for (int i = 0; i < PlanPower.DISCORDANCES.size(); i++) {
      int scenario = i;
      double chance =
          gates.stream()
              .mapToDouble(g -> g.scenarios().get(scenario).chance())
              .reduce(1, (a, b) -> a * b);
      together.add(new AuditPower.Together(PlanPower.DISCORDANCES.get(i), chance, List.of()));
    }
    return new AuditPower(gates, together, sentence(gates, together));
  }

  static PlanPower gate(PlannedSuite suite, double alpha) {
    int pool = suite.itemIds().size();
    List<PlanPower.Scenario> scenarios =
        PlanPower.DISCORDANCES.stream()
            .map(share -> scenario(pool, suite.margin(), alpha, share))
            .toList();
    return new PlanPower(
        suite.suite(),
        suite.capability(),
        pool,
        suite.margin(),
        scenarios,
        sentence(suite, scenarios));
  }

  private static PlanPower.Scenario scenario(
      int pool, double margin, double alpha, double discordance) {
    ExpectedItems expected = ExpectedItems.of(margin, alpha, discordance, pool);
    return new PlanPower.Scenario(
        discordance,
        expected.certified(),
        ExpectedItems.smallestMargin(alpha, discordance, pool, PlanPower.POWER),
        (int) Math.ceil(expected.items()));
  }

  private static String sentence(PlannedSuite suite, List<PlanPower.Scenario> scenarios) {
    PlanPower.Scenario few = scenarios.get(0);
    PlanPower.Scenario usual = scenarios.get(1);
    PlanPower.Scenario many = scenarios.get(2);
    int pool = suite.itemIds().size();
    String expected =
        String.format(
            Locale.ROOT,
            "%s: at the margin of %s points about %,d of %,d items are expected where nothing was lost"
                + " and 10%% of them change sides (%,d at 5%%, %,d at 20%%), fewer where the base's"
                + " margins say which",
            CapabilityName.subject(suite.capability()),
            Points.of(suite.margin()),
            usual.itemsNeeded(),
            pool,
            few.itemsNeeded(),
            many.itemsNeeded());
    String chance =
        "; the items there are decide with a chance of " + AuditPower.whole(usual.chance());
    return usual.chance() >= PlanPower.POWER
        ? expected + chance + "."
        : expected + chance + ", for a larger one take the plan standard or a larger margin.";
  }

  private static String sentence(List<PlanPower> gates, List<AuditPower.Together> together) {
    int items = gates.stream().mapToInt(gate -> gate.scenarios().get(1).itemsNeeded()).sum();
    return String.format(
        Locale.ROOT,
        "A checkpoint that lost nothing is expected to be asked about %,d items until %s decided where"
            + " 10%% of them change sides, and passes %s with a chance of %s (%s at 5%%, %s at 20%%);"
            + " damage is found in far fewer.",
        items,
        gates.size() == 1 ? "its gate is" : "its " + gates.size() + " gates are",
        gates.size() == 1 ? "it" : "all of them",
        AuditPower.whole(together.get(1).chance()),
        AuditPower.whole(together.get(0).chance()),
        AuditPower.whole(together.get(2).chance()));
  }
}
