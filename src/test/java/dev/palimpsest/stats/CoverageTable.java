package dev.palimpsest.stats;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Prints the tables of docs/STATISTICS.md: how often intervals hold the true drop and how often
 * gates err, counted out over all tables; and the same for clustered items, drawn. The first
 * argument is how many audits are drawn, 4000 unless told. {@code bench/validation/coverage.sh}
 * runs it.
 */
final class CoverageTable {
  private static final double ALPHA = 0.05;
  private static final int[] SIZES = {30, 60, 100, 150, 200, 300, 400};
  private static final double[] DROPS = {0, 0.01, 0.02, 0.03, 0.05, 0.08, 0.15};

  /** Shares of items that change sides; each drop takes those that are not below it. */
  private static final double[] DISCORDANCES = {
    0.01, 0.015, 0.02, 0.03, 0.05, 0.08, 0.1, 0.15, 0.2, 0.3, 0.4
  };

  private CoverageTable() {}

  public static void main(String[] arguments) {
    int audits = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 4000;
    System.out.println(
        "| interval | items | mean | a hundredth of the grid below | least |"
            + " certificates at the margin, at most | drops at the margin, at most |");
    System.out.println("|---|---|---|---|---|---|---|");
    for (boolean exact : new boolean[] {false, true}) {
      enumerate(exact, 0, 99);
      enumerate(exact, 100, 400);
    }
    newcombe();
    power();
    for (int[] shape : new int[][] {{20, 6}, {40, 6}, {60, 6}, {100, 2}, {60, 0}}) {
      for (double icc : new double[] {0, 0.1, 0.3, 0.6}) {
        clustered(shape[0], shape[1], icc, audits);
      }
    }
  }

  /** What a rule does at one point of the grid. */
  record Point(double certified, double dropped) {
    double coverage() {
      return 1 - certified - dropped;
    }
  }

  private static void enumerate(boolean exact, int from, int to) {
    List<Point> points = new ArrayList<>();
    for (int n : SIZES) {
      for (double drop : n >= from && n <= to ? DROPS : new double[0]) {
        Rule rule = exact ? Rule.exact(n, drop) : Rule.tango(n, drop);
        for (double discordance : DISCORDANCES) {
          if (discordance >= drop) {
            points.add(rule.at(discordance));
          }
        }
      }
    }
    List<Double> coverage = new ArrayList<>(points.stream().map(Point::coverage).toList());
    Collections.sort(coverage);
    System.out.printf(
        Locale.ROOT,
        "| %s | %s | %.3f | %.3f | %.3f | %.4f | %.4f |%n",
        exact ? "exact" : "Tango",
        from + " to " + to,
        coverage.stream().mapToDouble(c -> c).average().orElse(0),
        coverage.get(coverage.size() / 100),
        coverage.get(0),
        points.stream().mapToDouble(Point::certified).max().orElse(0),
        points.stream().mapToDouble(Point::dropped).max().orElse(0));
  }

  /**
   * Which tables a rule calls proven below a drop, and which above, by items that changed sides.
   */
  record Rule(int n, double drop, int[] below, int[] above) {
    static Rule tango(int n, double drop) {
      double z = Normal.upperQuantile(ALPHA);
      return of(
          n,
          drop,
          (lost, gained) -> Tango.z(n, lost, gained, drop) < -z,
          (lost, gained) -> Tango.z(n, lost, gained, drop) > z);
    }

    /** The gate: Tango's, and the exact test at that very drop. */
    static Rule exact(int n, double drop) {
      double z = Normal.upperQuantile(ALPHA);
      return of(
          n,
          drop,
          (lost, gained) ->
              Tango.z(n, lost, gained, drop) < -z
                  && ExactUnconditional.below(table(n, lost, gained), drop, ALPHA) <= ALPHA,
          (lost, gained) ->
              Tango.z(n, lost, gained, drop) > z
                  && ExactUnconditional.above(table(n, lost, gained), drop, ALPHA) <= ALPHA);
    }

    interface Test {
      boolean proves(int lost, int gained);
    }

    private static Rule of(int n, double drop, Test smaller, Test larger) {
      int[] below = new int[n + 1];
      int[] above = new int[n + 1];
      int most = Math.min(n, (int) (0.4 * n + 8 * Math.sqrt(0.24 * n)));
      for (int m = 0; m <= most; m++) {
        int k = m == 0 ? -1 : below[m - 1];
        while (k < m && smaller.proves(k + 1, m - k - 1)) {
          k++;
        }
        while (k >= 0 && !smaller.proves(k, m - k)) {
          k--;
        }
        below[m] = k;
        int j = m == 0 ? 1 : above[m - 1] + 1;
        while (j > 0 && larger.proves(j - 1, m - j + 1)) {
          j--;
        }
        while (j <= m && !larger.proves(j, m - j)) {
          j++;
        }
        above[m] = j;
      }
      for (int m = most + 1; m <= n; m++) {
        below[m] = -1;
        above[m] = m + 1;
      }
      return new Rule(n, drop, below, above);
    }

    /** Returns how often it proves a drop smaller than this where another is true. */
    double certified(double discordance, double truth) {
      return new Rule(n, truth, below, above).at(discordance).certified();
    }

    Point at(double discordance) {
      Coin changes = new Coin(discordance);
      Coin lost = new Coin(Math.min(1, (1 + drop / discordance) / 2));
      double certified = 0;
      double dropped = 0;
      for (int m = 0; m <= n; m++) {
        double weight = changes.probability(n, m);
        if (weight > 1e-13) {
          for (int k = 0; k <= below[m]; k++) {
            certified += weight * lost.probability(m, k);
          }
          for (int k = above[m]; k <= m; k++) {
            dropped += weight * lost.probability(m, k);
          }
        }
      }
      return new Point(certified, dropped);
    }
  }

  private static PairedTable table(int n, int lost, int gained) {
    return new PairedTable(n - lost - gained, lost, gained, 0);
  }

  /** How often a certificate at 5 points comes out where nothing was lost. */
  private static void power() {
    for (int n : new int[] {100, 173, 252, 363}) {
      StringBuilder row = new StringBuilder("| " + n + " |");
      for (double discordance : new double[] {0.02, 0.05, 0.1, 0.2}) {
        row.append(
            String.format(
                Locale.ROOT,
                " %.3f, %.3f |",
                Rule.tango(n, 0.05).certified(discordance, 0),
                Rule.exact(n, 0.05).certified(discordance, 0)));
      }
      System.out.println(row);
    }
  }

  /** Newcombe's interval depends on how many are right on both, so that all tables are counted. */
  private static void newcombe() {
    for (int n : new int[] {30, 60, 100}) {
      double sum = 0;
      double least = 1;
      int points = 0;
      for (double base : new double[] {0.5, 0.7, 0.9}) {
        for (double[] point : new double[][] {{0, 0.05}, {0, 0.2}, {0.05, 0.1}, {0.05, 0.05}}) {
          double held = newcombe(n, base, point[0], point[1]);
          sum += held;
          least = Math.min(least, held);
          points++;
        }
      }
      System.out.printf(
          Locale.ROOT, "| Newcombe | %d | %.3f | | %.3f | | |%n", n, sum / points, least);
    }
  }

  private static double newcombe(int n, double base, double drop, double discordance) {
    double loss = (discordance + drop) / 2;
    Coin changes = new Coin(discordance);
    Coin lost = new Coin(loss / discordance);
    Coin right = new Coin((base - loss) / (1 - discordance));
    double held = 0;
    for (int m = 0; m <= n; m++) {
      for (int k = 0; k <= m; k++) {
        double weight = changes.probability(n, m) * lost.probability(m, k);
        for (int a = 0; weight > 1e-8 && a <= n - m; a++) {
          double share = weight * right.probability(n - m, a);
          PairedTable table = new PairedTable(a, k, m - k, n - m - a);
          if (share > 1e-8 && NewcombePaired.interval(table, 1 - 2 * ALPHA).contains(drop)) {
            held += share;
          }
        }
      }
    }
    return held;
  }

  /** Draws audits whose items copy their cluster's draw with a chance of √icc. */
  private static void clustered(int clusters, int size, double icc, int audits) {
    SplittableRandom random = new SplittableRandom(20260101);
    int[] errors = new int[4];
    double effect = 0;
    double width = 0;
    for (int audit = 0; audit < audits; audit++) {
      ClusteredPairs pairs = draw(random, clusters, size, icc);
      Interval plain = Tango.interval(pairs.table(), 1 - 2 * ALPHA);
      Interval robust = pairs.interval(1 - 2 * ALPHA);
      errors[0] += plain.high() < 0.05 ? 1 : 0;
      errors[1] += plain.low() > 0.05 ? 1 : 0;
      errors[2] += robust.high() < 0.05 ? 1 : 0;
      errors[3] += robust.low() > 0.05 ? 1 : 0;
      effect += pairs.designEffect() / audits;
      width += (robust.high() - robust.low()) / (plain.high() - plain.low()) / audits;
    }
    System.out.printf(
        Locale.ROOT,
        "| %d × %s | %.1f | %.2f | %.3f | %.3f | %.3f | %.3f | %.2f |%n",
        clusters,
        size > 0 ? Integer.toString(size) : "1 to 15",
        icc,
        effect,
        1 - (errors[0] + errors[1]) / (double) audits,
        1 - (errors[2] + errors[3]) / (double) audits,
        errors[0] / (double) audits,
        errors[2] / (double) audits,
        width);
  }

  static ClusteredPairs draw(SplittableRandom random, int clusters, int size, double icc) {
    List<Integer> drops = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int c = 0; c < clusters; c++) {
      int shared = side(random);
      int items = size > 0 ? size : c % 10 == 0 ? 15 : c % 3 == 0 ? 4 : 1;
      for (int i = 0; i < items; i++) {
        drops.add(random.nextDouble() < Math.sqrt(icc) ? shared : side(random));
        names.add("c" + c);
      }
    }
    int[] all = drops.stream().mapToInt(drop -> drop).toArray();
    return ClusteredPairs.of(all, new boolean[all.length], names);
  }

  /** A true drop of 5 points where 10% change sides. */
  private static int side(SplittableRandom random) {
    double u = random.nextDouble();
    return u < 0.075 ? 1 : u < 0.10 ? -1 : 0;
  }
}
