package dev.palimpsest.audit.plan;

import dev.palimpsest.audit.CapabilityName;
import dev.palimpsest.audit.Points;
import dev.palimpsest.stats.NonInferiorityPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a planned audit can prove if as many items change sides as in earlier audits of the same
 * base; a suite that was not asked of it before is taken at 10%.
 *
 * @param gates one per suite, in plan order
 * @param chance that a checkpoint which lost nothing passes all gates together
 * @param sentence the same in words, with the items that mend a chance under 80%
 * @param skill how much of the base's skill above guessing the margins let go, in words; "" where
 *     nothing is known of the base
 */
public record SeenPower(List<Gate> gates, double chance, String sentence, String skill) {
  private static final double ASSUMED = 0.10;
  private static final double GRID = 1000;

  /**
   * One gate.
   *
   * @param suite id
   * @param items planned
   * @param seen whether the share of changing items was seen, and not assumed
   * @param discordance ψ, share of the items
   * @param chance of a certificate if nothing was lost
   * @param itemsNeeded with which each gate does its part for 80% together
   */
  public record Gate(
      String suite, int items, boolean seen, double discordance, double chance, int itemsNeeded) {}

  public SeenPower {
    gates = List.copyOf(gates);
  }

  /**
   * Returns what suites can prove by what was seen; empty where nothing was.
   *
   * @param suites at least one
   * @param alpha one-sided level of the gates
   * @param seen by suite
   */
  public static Optional<SeenPower> of(
      List<PlannedSuite> suites, double alpha, Map<String, SuiteHistory> seen) {
    List<SuiteHistory> known =
        suites.stream().map(PlannedSuite::suite).filter(seen::containsKey).map(seen::get).toList();
    if (known.isEmpty()) {
      return Optional.empty();
    }
    NonInferiorityPlan each =
        new NonInferiorityPlan(alpha, Math.pow(PlanPower.POWER, 1.0 / suites.size()));
    List<Gate> gates = suites.stream().map(suite -> gate(suite, each, seen)).toList();
    double chance = gates.stream().mapToDouble(Gate::chance).reduce(1, (a, b) -> a * b);
    return Optional.of(
        new SeenPower(gates, chance, sentence(suites, gates, chance), skill(suites, seen)));
  }

  private static Gate gate(
      PlannedSuite suite, NonInferiorityPlan each, Map<String, SuiteHistory> seen) {
    Optional<SuiteHistory> history = Optional.ofNullable(seen.get(suite.suite()));
    double share = history.map(one -> Math.round(one.discordance() * GRID) / GRID).orElse(ASSUMED);
    int items = suite.itemIds().size();
    return new Gate(
        suite.suite(),
        items,
        history.isPresent(),
        share,
        items == 0 ? 0 : each.chance(items, suite.margin(), share, 0),
        each.itemsNeeded(suite.margin(), share, 0));
  }

  /** Tells whether a checkpoint that lost nothing passes with 80%. */
  public boolean suffices() {
    return chance >= PlanPower.POWER;
  }

  private static String sentence(List<PlannedSuite> suites, List<Gate> gates, double chance) {
    Map<String, String> names = new HashMap<>();
    suites.forEach(suite -> names.put(suite.suite(), CapabilityName.words(suite.capability())));
    String shares =
        gates.stream()
            .map(
                gate ->
                    names.get(gate.suite())
                        + " "
                        + Points.percent(gate.discordance())
                        + (gate.seen() ? "" : ", assumed"))
            .collect(Collectors.joining("; "));
    String said =
        "Where as many items change sides as in earlier audits of this base (median by suite: "
            + shares
            + "), a checkpoint that lost nothing passes "
            + (gates.size() == 1 ? "the gate" : "all gates together")
            + " with a chance of "
            + AuditPower.whole(chance);
    if (chance >= PlanPower.POWER) {
      return said + ".";
    }
    return said
        + "; for 80% it takes "
        + gates.stream()
            .filter(gate -> gate.items() < gate.itemsNeeded())
            .map(
                gate ->
                    String.format(Locale.ROOT, "%s %,d items", gate.suite(), gate.itemsNeeded()))
            .collect(Collectors.joining(", "))
        + ".";
  }

  private static String skill(List<PlannedSuite> suites, Map<String, SuiteHistory> seen) {
    List<String> parts = new ArrayList<>();
    for (PlannedSuite suite : suites) {
      SuiteHistory history = seen.get(suite.suite());
      if (history != null) {
        double share = history.skillLetGo(suite.margin(), suite.chance());
        String name = CapabilityName.words(suite.capability());
        parts.add(
            share >= 1
                ? "all there is in " + name
                : String.format(Locale.ROOT, "%.0f%% in %s", share * 100, name));
      }
    }
    return "Of the skill above guessing that the base showed before, the margins let go "
        + String.join(", ", parts)
        + ".";
  }
}
