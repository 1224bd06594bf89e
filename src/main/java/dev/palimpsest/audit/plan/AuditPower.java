package dev.palimpsest.audit.plan;

import dev.palimpsest.audit.Points;
import dev.palimpsest.stats.NonInferiorityPlan;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a planned audit can prove, gate by gate and all gates together, known before anything runs.
 *
 * <p>A checkpoint passes only if every gate does, so that its chance to pass is the product of the
 * gates' chances: items of different suites answer independently where nothing was lost.
 *
 * @param gates one per suite, in plan order
 * @param together at 5, 10 and 20% of the items changing sides, in that order
 * @param sentence the whole in words: the chance of a checkpoint that lost nothing and, where it is
 *     under 80%, what would mend that
 */
public record AuditPower(List<PlanPower> gates, List<Together> together, String sentence) {
  /** The second of the assumptions: every tenth item changes sides. */
  private static final int USUAL = 1;

  /**
   * All gates under one assumption about how many items change sides.
   *
   * @param discordance ψ, share of the items
   * @param chance that every gate is certified if nothing was lost
   * @param remedies what each gate needs so that all together are certified with 80% probability,
   *     in the order of the gates
   */
  public record Together(double discordance, double chance, List<Remedy> remedies) {
    public Together {
      remedies = List.copyOf(remedies);
    }
  }

  /**
   * What one gate needs to do its part.
   *
   * @param items at the planned margin
   * @param margin with the planned items
   */
  public record Remedy(int items, double margin) {}

  public AuditPower {
    gates = List.copyOf(gates);
    together = List.copyOf(together);
    Objects.requireNonNull(sentence, "sentence is null");
  }

  /** Returns what a frozen plan can prove. */
  public static AuditPower of(AuditPlan plan) {
    return plan.decidesEarly()
        ? EarlyPower.of(plan.suites(), plan.alpha())
        : of(plan.suites(), plan.alpha());
  }

  /** Returns what these suites can prove at a depth; the rest is as below. */
  public static AuditPower of(Depth depth, List<PlannedSuite> suites, double alpha) {
    return depth.decidesEarly() ? EarlyPower.of(suites, alpha) : of(suites, alpha);
  }

  /**
   * Returns what these suites can prove where all of their items run.
   *
   * @param suites at least one
   * @param alpha one-sided level of the gates, in (0, 0.5)
   */
  public static AuditPower of(List<PlannedSuite> suites, double alpha) {
    List<PlanPower> gates = suites.stream().map(suite -> PlanPower.of(suite, alpha)).toList();
    NonInferiorityPlan each =
        new NonInferiorityPlan(alpha, Math.pow(PlanPower.POWER, 1.0 / gates.size()));
    List<Together> together =
        PlanPower.DISCORDANCES.stream().map(share -> together(gates, each, share)).toList();
    return new AuditPower(gates, together, sentence(gates, together));
  }

  private static Together together(
      List<PlanPower> gates, NonInferiorityPlan each, double discordance) {
    double chance = 1;
    for (PlanPower gate : gates) {
      chance *= gate.scenarios().get(PlanPower.DISCORDANCES.indexOf(discordance)).chance();
    }
    return new Together(
        discordance,
        chance,
        gates.stream()
            .map(
                gate ->
                    new Remedy(
                        each.itemsNeeded(gate.margin(), discordance, 0),
                        gate.items() == 0 ? 1 : each.smallestMargin(gate.items(), discordance)))
            .toList());
  }

  /** Tells whether a checkpoint that lost nothing passes with 80% where a tenth changes sides. */
  public boolean suffices() {
    return together.get(USUAL).chance() >= PlanPower.POWER;
  }

  private static String sentence(List<PlanPower> gates, List<Together> together) {
    Together usual = together.get(USUAL);
    String chances =
        String.format(
            Locale.ROOT,
            "A checkpoint that lost nothing passes %s with a chance of %s where 10%% of the items"
                + " change sides (%s at 5%%, %s at 20%%)",
            gatesOf(gates.size()),
            whole(usual.chance()),
            whole(together.get(0).chance()),
            whole(together.get(2).chance()));
    return usual.chance() >= PlanPower.POWER
        ? chances + "."
        : chances + "; for 80% it takes " + remedy(gates, usual.remedies()) + ".";
  }

  private static String gatesOf(int count) {
    return switch (count) {
      case 1 -> "the gate";
      case 2 -> "both gates";
      default -> "all " + count + " gates together";
    };
  }

  /** Says how many items, or which margins, the gates take that have too few. */
  private static String remedy(List<PlanPower> gates, List<Remedy> remedies) {
    boolean alike =
        remedies.stream().distinct().count() == 1
            && gates.stream().map(PlanPower::items).distinct().count() == 1;
    if (alike) {
      String where = gates.size() == 1 ? "" : " in each suite";
      return items(remedies.get(0)) + " items" + where + ", or " + margin(remedies.get(0));
    }
    List<Integer> lacking =
        IntStream.range(0, gates.size())
            .filter(i -> gates.get(i).items() < remedies.get(i).items())
            .boxed()
            .toList();
    return lacking.stream()
        .map(
            i ->
                gates.get(i).suite()
                    + " "
                    + items(remedies.get(i))
                    + " items or "
                    + margin(remedies.get(i)))
        .collect(Collectors.joining(", "));
  }

  private static String items(Remedy remedy) {
    return String.format(Locale.ROOT, "%,d", remedy.items());
  }

  private static String margin(Remedy remedy) {
    return "a margin of " + Points.of(remedy.margin()) + " points";
  }

  /** Returns a chance as a whole percentage that is neither 0 nor 100 unless it is. */
  static String whole(double chance) {
    if (chance > 0 && chance < 0.005) {
      return "under 1%";
    }
    return chance < 1 && chance >= 0.995
        ? "over 99%"
        : String.format(Locale.ROOT, "%.0f%%", chance * 100);
  }
}
