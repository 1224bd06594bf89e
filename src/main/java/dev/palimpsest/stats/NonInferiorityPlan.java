package dev.palimpsest.stats;

/**
 * How many items a non-inferiority gate needs, and what a given number can prove.
 *
 * <p>n = (z_α + z_β)² (ψ − Δ²) / (δ − Δ)², with δ the margin, Δ the true drop and ψ the share of
 * items that change sides; the variance of a paired difference is ψ − Δ². Its inverse at Δ = 0 is δ
 * = (z_α + z_β) √(ψ / n). Both stop at what n items without a single change can prove, z_α² / (n +
 * z_α²), the upper end of Tango's interval at b = c = 0.
 *
 * @param alpha one-sided level of the gate, in (0, 0.5)
 * @param power wanted probability of a certificate, in [0.5, 1)
 */
public record NonInferiorityPlan(double alpha, double power) {
  /** Level 0.05 and power 0.80, the defaults of this product. */
  public static final NonInferiorityPlan STANDARD = new NonInferiorityPlan(0.05, 0.80);

  public NonInferiorityPlan {
    if (!(alpha > 0 && alpha < 0.5) || !(power >= 0.5 && power < 1)) {
      throw new IllegalArgumentException("no such plan: alpha " + alpha + ", power " + power);
    }
  }

  /**
   * Returns the items needed to certify (or, where Δ exceeds δ, to fail) at the margin.
   *
   * @param margin δ, in (0, 1)
   * @param discordance ψ, in [0, 1]
   * @param trueDrop Δ, in [−1, 1]; the nearer to δ the more items, up to {@link Integer#MAX_VALUE}
   */
  public int itemsNeeded(double margin, double discordance, double trueDrop) {
    requireMargin(margin);
    double variance = Math.max(0, discordance - trueDrop * trueDrop);
    double distance = Math.abs(margin - trueDrop);
    double byPower = square(factor()) * variance / square(distance);
    double unchanged = square(Normal.upperQuantile(alpha)) * (1 - margin) / margin;
    double items = Math.ceil(Math.max(byPower, unchanged));
    return items < Integer.MAX_VALUE ? (int) items : Integer.MAX_VALUE;
  }

  /**
   * Returns the smallest margin that n items can certify with this plan's power if nothing was
   * lost.
   *
   * @param n items, at least 1
   * @param discordance ψ, in [0, 1]
   */
  public double smallestMargin(int n, double discordance) {
    if (n < 1) {
      throw new IllegalArgumentException("no items");
    }
    double byPower = factor() * Math.sqrt(discordance / n);
    double z2 = square(Normal.upperQuantile(alpha));
    return Math.min(1, Math.max(byPower, z2 / (n + z2)));
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
