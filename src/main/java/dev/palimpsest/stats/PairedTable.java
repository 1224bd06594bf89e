package dev.palimpsest.stats;

/**
 * The 2 × 2 table of one suite on two arms: how many items each of the two got right.
 *
 * <p>Written a, b, c, d in the formulas of this package, in the order of the components.
 *
 * @param bothRight a: right on the base and on the tuned arm
 * @param lost b: right on the base, wrong on the tuned arm
 * @param gained c: wrong on the base, right on the tuned arm
 * @param bothWrong d: wrong on both
 */
public record PairedTable(int bothRight, int lost, int gained, int bothWrong) {
  public PairedTable {
    if (bothRight < 0 || lost < 0 || gained < 0 || bothWrong < 0) {
      throw new IllegalArgumentException("a count is negative");
    }
  }

  /** Returns the number of pairs, n. */
  public int n() {
    return bothRight + lost + gained + bothWrong;
  }

  /** Returns the number of items that changed sides, b + c. */
  public int discordant() {
    return lost + gained;
  }

  /** Returns the share of items that changed sides, ψ = (b + c) / n, or 0 without items. */
  public double discordance() {
    return share(discordant());
  }

  /** Returns the base's share right, p = (a + b) / n, or 0 without items. */
  public double baseRate() {
    return share(bothRight + lost);
  }

  /** Returns the tuned arm's share right, q = (a + c) / n, or 0 without items. */
  public double tunedRate() {
    return share(bothRight + gained);
  }

  /** Returns the drop θ = p − q = (b − c) / n; positive where the tuned arm is worse. */
  public double drop() {
    return share(lost - gained);
  }

  /** Returns the table with the two arms exchanged. */
  public PairedTable swapped() {
    return new PairedTable(bothRight, gained, lost, bothWrong);
  }

  private double share(int count) {
    return n() == 0 ? 0 : (double) count / n();
  }
}
