package dev.palimpsest.stats;

/**
 * How many items a non-inferiority gate needs, and what a given number can prove: by counting out
 * exactly how often Tango's interval decides ({@link GateChance}).
 *
 * @param alpha one-sided level of the gate, in (0, 0.5)
 * @param power wanted probability of a certificate, in [0.5, 1)
 */
public record NonInferiorityPlan(double alpha, double power) {
  /** Level 0.05 and power 0.80, the defaults of this product. */
  public static final NonInferiorityPlan STANDARD = new NonInferiorityPlan(0.05, 0.80);

  /** Above this many items the normal formula is right to about a hundredth. */
  private static final int LARGEST_COUNTED = 5000;

  /** Margins are found to a tenth of a point, so that one which is printed holds as printed. */
  private static final int GRID = 1000;

  private static final GateChance CHANCE = new GateChance();

  public NonInferiorityPlan {
    if (!(alpha > 0 && alpha < 0.5) || !(power >= 0.5 && power < 1)) {
      throw new IllegalArgumentException("no such plan: alpha " + alpha + ", power " + power);
    }
  }

  /**
   * Returns the probability that n items certify the margin or, where Δ exceeds it, fail it.
   *
   * @param n items, at least 1
   * @param margin δ, in (0, 1)
   * @param discordance ψ, the share of items that change sides, in [0, 1]
   * @param trueDrop Δ, in [−ψ, ψ]
   */
  public double chance(int n, double margin, double discordance, double trueDrop) {
    requireMargin(margin);
    if (n < 1) {
      throw new IllegalArgumentException("no items");
    }
    if (!(discordance >= Math.abs(trueDrop) && discordance <= 1)) {
      throw new IllegalArgumentException(
          "no drop of " + trueDrop + " where " + discordance + " change sides");
    }
    return CHANCE.of(new GateChance.Question(n, alpha, margin, discordance, trueDrop));
  }

  /**
   * Returns the items needed to certify (or, where Δ exceeds δ, to fail) at the margin: the
   * smallest number from which on the probability stays at this plan's power. It does not rise
   * evenly, because counts are whole numbers.
   *
   * <p>Beyond 5000 items it is n = (z_α + z_β)² (ψ − Δ²) / (δ − Δ)².
   *
   * @param margin δ, in (0, 1)
   * @param discordance ψ, in [0, 1]
   * @param trueDrop Δ, in [−ψ, ψ]; the nearer to δ the more items, up to {@link Integer#MAX_VALUE}
   */
  public int itemsNeeded(double margin, double discordance, double trueDrop) {
    requireMargin(margin);
    double roughly = byFormula(margin, discordance, trueDrop);
    if (roughly > LARGEST_COUNTED) {
      return roughly < Integer.MAX_VALUE ? (int) roughly : Integer.MAX_VALUE;
    }
    double oneStep = 2 / Math.max(margin, trueDrop);
    int items = Math.max(1, (int) (0.9 * roughly));
    for (int n = items; n <= items + oneStep; n++) {
      if (chance(n, margin, discordance, trueDrop) < power) {
        items = n + 1;
      }
    }
    return items;
  }

  private double byFormula(double margin, double discordance, double trueDrop) {
    double variance = Math.max(0, discordance - trueDrop * trueDrop);
    double byPower = square(factor()) * variance / square(margin - trueDrop);
    double unchanged = square(Normal.upperQuantile(alpha)) * (1 - margin) / margin;
    return Math.ceil(Math.max(byPower, unchanged));
  }

  /**
   * Returns the smallest margin that n items certify with this plan's power if nothing was lost, in
   * whole tenths of a point.
   *
   * @param n items, at least 1
   * @param discordance ψ, in [0, 1]
   */
  public double smallestMargin(int n, double discordance) {
    int fails = 0;
    int holds = GRID;
    while (holds - fails > 1) {
      int middle = (fails + holds) >>> 1;
      if (chance(n, (double) middle / GRID, discordance, 0) >= power) {
        holds = middle;
      } else {
        fails = middle;
      }
    }
    return (double) holds / GRID;
  }

  private double factor() {
    return Normal.upperQuantile(alpha) + Normal.upperQuantile(1 - power);
  }

  private static double square(double value) {
    return value * value;
  }

  private static void requireMargin(double margin) {
    if (!(margin > 0 && margin < 1)) {
      throw new IllegalArgumentException("a margin lies between 0 and 1, not " + margin);
    }
  }
}
