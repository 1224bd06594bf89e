package dev.palimpsest.stats.sequential;

import dev.palimpsest.stats.NonInferiorityPlan;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * How many items a gate takes until it is decided, in plain order and guided by the base's margin,
 * and how often it certifies what lies on the margin. {@code bench/early_decisions.sh RUNS} prints
 * the tables of docs/STATISTICS.md.
 */
public final class EarlyDecisionSimulation {
  private static final int CAP = 6000;

  private EarlyDecisionSimulation() {}

  /**
   * Items that a tune turns.
   *
   * @param name of the planted tune and suite whose shares these are, or what they stand for
   * @param flips share that changes sides by sextile of |base margin|, from near 0 up
   */
  record Population(String name, double... flips) {
    double discordance() {
      return Arrays.stream(flips).average().orElseThrow();
    }
  }

  /** Shares measured on planted tunes of SmolLM2-135M, and four made up for the edges. */
  static final List<Population> POPULATIONS =
      List.of(
          new Population("few flips", .10, 0, 0, 0, 0, 0),
          new Population("tone, misalignment", .29, 0, 0, 0, 0, 0),
          new Population("tone, knowledge", .33, .13, 0, 0, 0, 0),
          new Population("margin says nothing", .10, .10, .10, .10, .10, .10),
          new Population("replay, knowledge", .33, .22, .13, .13, .02, 0),
          new Population("replay, reasoning", .35, .30, .15, .02, .03, 0),
          new Population("unknown-facts-2, knowledge", .27, .33, .11, .09, .04, 0),
          new Population("many flips", .55, .40, .25, .15, .10, .05));

  /** How items are taken. */
  enum Way {
    PLAIN(0),
    GUIDED_BASE_KEPT(0),
    GUIDED_BASE_RUN(1);

    final double baseCost;

    Way(double baseCost) {
      this.baseCost = baseCost;
    }
  }

  /** How one sequence ended. */
  record End(GateSequence.Decision decision, int asked, int seen) {}

  /** Draws items of a true drop until the gate is decided or so many were seen. */
  static End run(
      Population of, double drop, double margin, Way way, int cap, SplittableRandom random) {
    SplittableRandom draws = random.split(); // so that every way goes through the same items
    GateSequence gate = new GateSequence(margin, 0.05, way.baseCost);
    double lost = Math.max(0, Math.min(1, (1 + drop / of.discordance()) / 2));
    while (gate.decision() == GateSequence.Decision.OPEN && gate.seen() < cap) {
      int sextile = random.nextInt(of.flips.length);
      double distance = sextile + random.nextDouble();
      boolean flips = random.nextDouble() < of.flips[sextile];
      int change = flips ? (random.nextDouble() < lost ? 1 : -1) : 0;
      double seenMargin = way == Way.PLAIN ? Double.NaN : distance;
      if (draws.nextDouble() < gate.rule().probability(seenMargin)) {
        gate.see(seenMargin, change);
      } else {
        gate.leaveOut(seenMargin);
      }
    }
    return new End(gate.decision(), gate.asked(), gate.seen());
  }

  /** What many sequences came to. */
  record Summary(double asked, double ninetieth, double seen, double certified, double harm) {
    static Summary of(
        Population population, double drop, double margin, Way way, int runs, int cap) {
      SplittableRandom random = new SplittableRandom(7);
      End[] ends = new End[runs];
      for (int i = 0; i < runs; i++) {
        ends[i] = run(population, drop, margin, way, cap, random.split());
      }
      int[] asked = Arrays.stream(ends).mapToInt(End::asked).sorted().toArray();
      return new Summary(
          Arrays.stream(asked).average().orElseThrow(),
          asked[(int) (0.9 * runs)],
          Arrays.stream(ends).mapToInt(End::seen).average().orElseThrow(),
          share(ends, GateSequence.Decision.CERTIFIED),
          share(ends, GateSequence.Decision.HARM));
    }

    private static double share(End[] ends, GateSequence.Decision decision) {
      return (double) Arrays.stream(ends).filter(e -> e.decision == decision).count() / ends.length;
    }
  }

  /** Prints the tables; the argument is how many sequences each row takes. */
  public static void main(String[] arguments) {
    int runs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 400;
    for (double margin : new double[] {0.05, 0.03}) {
      for (Population population : POPULATIONS) {
        printNothingLost(population, margin, runs);
      }
    }
    for (double margin : new double[] {0.05, 0.03}) {
      for (Population population : POPULATIONS) {
        if (population.discordance() >= margin) {
          printBoundary(population, margin, runs);
        }
      }
    }
    for (double margin : new double[] {0.05, 0.03}) {
      for (double drop : new double[] {0.10, 0.20, 0.30}) {
        Population harmful =
            new Population("", .6, .5, .4, .3, .2, .1); // 35% change sides, most of them lost
        Summary s = Summary.of(harmful, drop, margin, Way.GUIDED_BASE_KEPT, runs, CAP);
        print(
            "harm | %.2f | %.2f | %.0f | %.0f | %.3f", drop, margin, s.asked, s.ninetieth, s.harm);
      }
    }
  }

  private static void printNothingLost(Population population, double margin, int runs) {
    int fixed = NonInferiorityPlan.STANDARD.itemsNeeded(margin, population.discordance(), 0);
    Summary plain = Summary.of(population, 0, margin, Way.PLAIN, runs, CAP);
    Summary kept = Summary.of(population, 0, margin, Way.GUIDED_BASE_KEPT, runs, CAP);
    Summary run = Summary.of(population, 0, margin, Way.GUIDED_BASE_RUN, runs, CAP);
    print(
        "%s | %.3f | %.0f | %d | %.0f, %.0f, %.3f | %.0f, %.0f, %.3f | %.2f | %.2f",
        population.name,
        population.discordance(),
        100 * margin,
        fixed,
        plain.asked,
        plain.ninetieth,
        plain.certified,
        kept.asked,
        kept.ninetieth,
        kept.certified,
        plain.asked / kept.asked,
        (plain.asked + plain.seen) / (run.asked + run.seen));
  }

  private static void printBoundary(Population population, double margin, int runs) {
    Summary plain = Summary.of(population, margin, margin, Way.PLAIN, runs, 2000);
    Summary kept = Summary.of(population, margin, margin, Way.GUIDED_BASE_KEPT, runs, 2000);
    print(
        "boundary | %s | %.0f | certified %.4f plain, %.4f guided | harm %.4f, %.4f",
        population.name, 100 * margin, plain.certified, kept.certified, plain.harm, kept.harm);
  }

  private static void print(String format, Object... values) {
    System.out.println("| " + String.format(Locale.ROOT, format, values) + " |");
  }
}
