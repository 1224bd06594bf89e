package dev.palimpsest.stats;

/**
 * Drawing without putting back: the exact test of whether something is more frequent among the
 * drawn than chance would have it (Fisher's exact test, one-sided; R's {@code phyper}).
 */
public final class Hypergeometric {
  private Hypergeometric() {}

  /**
   * Returns the probability of drawing at least so many marked ones.
   *
   * @param found marked ones among the drawn, 0 … drawn
   * @param marked of the total, 0 … total
   * @param drawn of the total, 0 … total
   * @param total at least 0
   * @return in [0, 1]
   * @throws IllegalArgumentException if a count is out of its range
   */
  public static double atLeast(int found, int marked, int drawn, int total) {
    if (marked < 0 || marked > total || drawn < 0 || drawn > total || found < 0 || found > drawn) {
      throw new IllegalArgumentException("counts that cannot be");
    }
    double sum = 0;
    for (int k = Math.max(found, drawn + marked - total); k <= Math.min(drawn, marked); k++) {
      sum += Math.exp(choose(marked, k) + choose(total - marked, drawn - k) - choose(total, drawn));
    }
    return Math.min(1, sum);
  }

  private static double choose(int n, int k) {
    return LogFactorial.of(n) - LogFactorial.of(k) - LogFactorial.of(n - k);
  }
}
