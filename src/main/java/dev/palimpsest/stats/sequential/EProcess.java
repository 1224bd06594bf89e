package dev.palimpsest.stats.sequential;

/**
 * Evidence against "the drop is at least D", gathered item by item, that may be looked at after any
 * of them.
 *
 * <p>K = Σ w_k Π (1 + f_k (D − Z) / (B − D)) over bets k, with B the bound of Z and 0 ≤ f_k &lt; 1:
 * every factor is positive and, if the drop is D or more, of mean 1 or less. So K is a
 * supermartingale that begins at 1, and P(K ever reaches 1/α) ≤ α (J. Ville, 1939; betting: I.
 * Waudby-Smith and A. Ramdas, JRSS B 86, 2024, 1–27). As f_k does not depend on D, K rises with D.
 *
 * <p>Evidence of the contrary, "the drop is at most D", is that of −Z against −D.
 */
final class EProcess {
  private final double threshold;
  private final double sign;
  private final Bets bets;
  private final double[] logCapital;

  /** What an item that did not change adds under the bound that was last seen. */
  private final double[] unchanged;

  private double bound = Double.NaN;
  private double logValue;
  private double logPeak;

  private EProcess(double threshold, double sign, Bets bets) {
    if (!(threshold > -1 && threshold < 1)) {
      throw new IllegalArgumentException("a drop lies between −1 and 1, not at " + threshold);
    }
    this.threshold = sign * threshold;
    this.sign = sign;
    this.bets = bets;
    this.logCapital = bets.logShares().clone();
    this.unchanged = new double[bets.count()];
  }

  /** Evidence that the drop is smaller than D, in (−1, 1). */
  static EProcess smallerThan(double drop, Bets bets) {
    return new EProcess(drop, 1, bets);
  }

  /** Evidence that the drop is larger than D, in (−1, 1). */
  static EProcess largerThan(double drop, Bets bets) {
    return new EProcess(drop, -1, bets);
  }

  void see(WeightedChange change) {
    if (change.bound() != bound) {
      bound = change.bound();
      for (int k = 0; k < unchanged.length; k++) {
        unchanged[k] = growth(k, 0);
      }
    }
    double top = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < logCapital.length; k++) {
      logCapital[k] += change.z() == 0 ? unchanged[k] : growth(k, change.z());
      top = Math.max(top, logCapital[k]);
    }
    double sum = 0;
    for (double one : logCapital) {
      sum += Math.exp(one - top);
    }
    logValue = top + Math.log(sum);
    logPeak = Math.max(logPeak, logValue);
  }

  private double growth(int bet, double z) {
    return Math.log1p(bets.share(bet, bound) * (threshold - sign * z) / (bound - threshold));
  }

  /** Returns ln K now. */
  double logValue() {
    return logValue;
  }

  /** Returns the largest ln K so far, at least 0: what is proven stays proven. */
  double logPeak() {
    return logPeak;
  }
}
