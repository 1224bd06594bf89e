package dev.palimpsest.stats;

/** A binomial distribution whose probabilities are asked one by one. */
record Coin(double heads, double logHeads, double logTails) {
  /**
   * Makes a coin.
   *
   * @param heads in [0, 1]
   */
  Coin(double heads) {
    this(heads, Math.log(heads), Math.log1p(-heads));
  }

  /** Returns P(X = k) for X ~ Bin(n, heads), with 0 ≤ k ≤ n. */
  double probability(int n, int k) {
    return Math.exp(
        LogFactorial.of(n)
            - LogFactorial.of(k)
            - LogFactorial.of(n - k)
            + times(k, logHeads)
            + times(n - k, logTails));
  }

  private static double times(int count, double log) {
    return count == 0 ? 0 : count * log;
  }
}
