package dev.palimpsest.stats;

/**
 * How likely a score below a bound is, counted out over all tables of n pairs, for a true drop D
 * and any share ψ of items that change sides.
 *
 * <p>Of n items m ~ Bin(n, ψ) change sides, of which Bin(m, (1 + D/ψ) / 2) are lost. For a given m
 * the score z(D) rises with the number lost, so that the tables below the bound are those with at
 * most k(m) lost. k does not depend on ψ: it is found once, and asked of as many ψ as one likes.
 */
final class ScoreTail {
  /** Numbers of discordant items this far from the expected one have no weight (below 1e-12). */
  private static final double DEVIATIONS = 7.5;

  private final int n;
  private final double drop;
  private final int[] most;

  /**
   * Finds the tables.
   *
   * @param n pairs, at least 1
   * @param drop D, in [−1, 1]
   * @param bound scores strictly below it count
   */
  ScoreTail(int n, double drop, double bound) {
    this.n = n;
    this.drop = drop;
    this.most = new int[n + 1];
    int k = -1;
    for (int m = 0; m <= n; m++) {
      while (k < m && Tango.z(n, k + 1, m - k - 1, drop) < bound) {
        k++;
      }
      while (k >= 0 && Tango.z(n, k, m - k, drop) >= bound) {
        k--;
      }
      most[m] = k;
    }
  }

  /**
   * Returns P(z(D) &lt; bound).
   *
   * @param discordance ψ, in [|D|, 1]
   */
  double below(double discordance) {
    double share = discordance > 0 ? drop / discordance : 0;
    Coin lost = new Coin(Math.max(0, Math.min(1, (1 + share) / 2)));
    Coin changes = new Coin(discordance);
    double centre = n * discordance;
    double reach = DEVIATIONS * Math.sqrt(centre * (1 - discordance)) + DEVIATIONS;
    int first = (int) Math.max(0, Math.floor(centre - reach));
    int last = (int) Math.min(n, Math.ceil(centre + reach));
    double[] running = {0};
    int k = -1;
    double sum = 0;
    double all = 0;
    for (int m = first; m <= last; m++) {
      if (k >= 0) {
        running[0] -= lost.heads() * lost.probability(m - 1, k);
      }
      for (; k < most[m]; k++) {
        running[0] += lost.probability(m, k + 1);
      }
      for (; k > most[m]; k--) {
        running[0] -= lost.probability(m, k);
      }
      double weight = changes.probability(n, m);
      sum += weight * Math.max(0, Math.min(1, running[0]));
      all += weight;
    }
    return Math.min(1, sum / all);
  }
}
