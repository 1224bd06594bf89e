package dev.palimpsest.audit.plan;

import dev.palimpsest.audit.CapabilityName;
import dev.palimpsest.audit.Points;
import dev.palimpsest.stats.NonInferiorityPlan;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * What a planned suite can prove, known before anything runs.
 *
 * @param suite id
 * @param capability what the suite probes
 * @param items planned
 * @param margin planned, δ
 * @param scenarios at 5, 10 and 20% of the items changing sides, in that order
 * @param sentence the same in words
 */
public record PlanPower(
    String suite,
    String capability,
    int items,
    double margin,
    List<Scenario> scenarios,
    String sentence) {
  static final double POWER = 0.80;
  static final List<Double> DISCORDANCES = List.of(0.05, 0.10, 0.20);

  /**
   * One assumption about how many items change sides.
   *
   * @param discordance ψ, share of the items
   * @param chance that the planned items certify the planned margin if nothing was lost
   * @param smallestMargin that the planned items certify with 80% probability if nothing was lost
   * @param itemsNeeded to certify the planned margin with 80% probability if nothing was lost
   */
  public record Scenario(
      double discordance, double chance, double smallestMargin, int itemsNeeded) {}

  public PlanPower {
    Objects.requireNonNull(suite, "suite is null");
    Objects.requireNonNull(capability, "capability is null");
    scenarios = List.copyOf(scenarios);
    Objects.requireNonNull(sentence, "sentence is null");
  }

  /** Returns what a suite of a plan can prove. */
  public static PlanPower of(AuditPlan plan, PlannedSuite suite) {
    return plan.decidesEarly() ? EarlyPower.gate(suite, plan.alpha()) : of(suite, plan.alpha());
  }

  /**
   * Returns what one suite can prove where all of its items run.
   *
   * @param alpha one-sided level of the gate, in (0, 0.5)
   */
  public static PlanPower of(PlannedSuite suite, double alpha) {
    NonInferiorityPlan plan = new NonInferiorityPlan(alpha, POWER);
    int items = suite.itemIds().size();
    List<Scenario> scenarios =
        DISCORDANCES.stream().map(share -> scenario(plan, items, suite.margin(), share)).toList();
    return new PlanPower(
        suite.suite(),
        suite.capability(),
        items,
        suite.margin(),
        scenarios,
        sentence(suite, items, scenarios));
  }

  private static Scenario scenario(
      NonInferiorityPlan plan, int items, double margin, double discordance) {
    return new Scenario(
        discordance,
        items == 0 ? 0 : plan.chance(items, margin, discordance, 0),
        items == 0 ? 1 : plan.smallestMargin(items, discordance),
        plan.itemsNeeded(margin, discordance, 0));
  }

  private static String sentence(PlannedSuite suite, int items, List<Scenario> scenarios) {
    Scenario few = scenarios.get(0);
    Scenario usual = scenarios.get(1);
    Scenario many = scenarios.get(2);
    String ability =
        String.format(
            Locale.ROOT,
            "%s: %,d items can certify a margin of %s points where 10%% of them change sides"
                + " (%s at 5%%, %s at 20%%)",
            CapabilityName.subject(suite.capability()),
            items,
            Points.of(usual.smallestMargin()),
            Points.of(few.smallestMargin()),
            Points.of(many.smallestMargin()));
    return ability
        + "; the planned margin of "
        + Points.of(suite.margin())
        + " points, with a chance of "
        + AuditPower.whole(usual.chance())
        + ", "
        + outlook(items, few, usual)
        + ".";
  }

  private static String outlook(int items, Scenario few, Scenario usual) {
    String needs = String.format(Locale.ROOT, "needs about %,d", usual.itemsNeeded());
    if (items >= usual.itemsNeeded()) {
      return needs;
    }
    if (items >= few.itemsNeeded()) {
      return needs + " unless few items change sides";
    }
    return needs + ", so this run can find damage but hardly certify its absence";
  }
}
