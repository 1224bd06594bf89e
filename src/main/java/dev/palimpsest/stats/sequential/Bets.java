package dev.palimpsest.stats.sequential;

import java.util.Arrays;

/**
 * How the capital of an {@link EProcess} is spread over bets of different boldness.
 *
 * <p>A bet of boldness s stakes the share f = 1 − (1 − s)^B, at most 0.97, of what could be staked
 * without going broke, where B is the bound of Z: s where every item is asked. The best one is
 * about δ / ψ where a share ψ of the items changes sides and nothing is lost, which nobody knows
 * beforehand: a mixture over bets does nearly as well as the best of them (T. Cover, Universal
 * Portfolios, 1991), and needs no estimate.
 *
 * @param boldness s of each bet, in (0, 1)
 * @param logShares logarithm of the capital that each begins with; the shares add up to 1
 */
record Bets(double[] boldness, double[] logShares) {
  private static final int COUNT = 16;
  private static final double SHYEST = 0.02;
  private static final double BOLDEST = 0.97;

  /** Most bets go to shares of changing items around this one. */
  private static final double USUAL_DISCORDANCE = 0.10;

  /** Standard deviation of the logarithm of boldness, over the bets on a certificate. */
  private static final double SPREAD = 0.8;

  /** Bets on the certificate of a margin: log-normal around δ / 0.1. */
  static Bets onCertificate(double margin) {
    double centre = Math.log(margin / USUAL_DISCORDANCE);
    double[] boldness = grid();
    double[] weights = new double[COUNT];
    for (int k = 0; k < COUNT; k++) {
      double off = Math.log(boldness[k]) - centre;
      weights[k] = Math.exp(-off * off / (2 * SPREAD * SPREAD));
    }
    return of(boldness, weights);
  }

  /** Bets on harm, whose size nothing is known of: alike over the logarithms. */
  static Bets onHarm() {
    double[] weights = new double[COUNT];
    Arrays.fill(weights, 1);
    return of(grid(), weights);
  }

  /** A single bet. */
  static Bets single(double boldness) {
    return new Bets(new double[] {boldness}, new double[] {0});
  }

  double share(int bet, double bound) {
    return Math.min(BOLDEST, 1 - Math.pow(1 - boldness[bet], bound));
  }

  int count() {
    return boldness.length;
  }

  private static double[] grid() {
    double[] boldness = new double[COUNT];
    double step = Math.log(BOLDEST / SHYEST) / (COUNT - 1);
    for (int k = 0; k < COUNT; k++) {
      boldness[k] = SHYEST * Math.exp(k * step);
    }
    return boldness;
  }

  private static Bets of(double[] boldness, double[] weights) {
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    double[] logShares = new double[weights.length];
    for (int k = 0; k < weights.length; k++) {
      logShares[k] = Math.log(weights[k] / sum);
    }
    return new Bets(boldness, logShares);
  }
}
