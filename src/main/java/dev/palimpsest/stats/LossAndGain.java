package dev.palimpsest.stats;

/**
 * How much was lost and gained beyond what guessing alone moves about.
 *
 * <p>Two guessers disagree without either having forgotten anything. If the tuned arm's guesses
 * were independent of the base's, (1 − p)(1 − q) / (k − 1) of k-choice items would be lost by
 * chance alone and as many gained; what is beyond is the true loss and gain. Guesses are not
 * independent where the tune is light, so that this takes too much off: it describes and never
 * gates. Source: J. Harmon et al., arXiv:2510.17776.
 *
 * <p>The second estimate takes every item as known or guessed at 1/k: forgotten f = (b/n) κ − (d/n)
 * κ / (k − 1) and learned g = (c/n) κ − (d/n) κ / (k − 1), κ = k / (k − 1), so that g − f = (q − p)
 * κ. One below 0 says that guesses go together, and that neither estimate holds.
 *
 * @param loss b / n
 * @param gain c / n
 * @param byChance what independent guessing would lose, and gain, in [0, 1]
 * @param trueLoss max(loss − byChance, 0)
 * @param trueGain max(gain − byChance, 0)
 * @param mostLoss all that is above chance, max((kp − 1) / (k − 1), 0)
 * @param forgotten f
 * @param learned g
 */
public record LossAndGain(
    double loss,
    double gain,
    double byChance,
    double trueLoss,
    double trueGain,
    double mostLoss,
    double forgotten,
    double learned) {

  /**
   * Computes them.
   *
   * @param table with at least one pair
   * @param chance the score of blind guessing, 1 / k; 0 where nothing can be guessed
   * @throws IllegalArgumentException without pairs, or with a chance outside [0, 1)
   */
  public static LossAndGain of(PairedTable table, double chance) {
    if (table.n() == 0 || !(chance >= 0 && chance < 1)) {
      throw new IllegalArgumentException("no loss of " + table.n() + " pairs at chance " + chance);
    }
    double n = table.n();
    double loss = table.lost() / n;
    double gain = table.gained() / n;
    double othersPerRight = chance / (1 - chance);
    double scale = 1 / (1 - chance);
    double wrong = table.bothWrong() / n;
    double byChance = (1 - table.baseRate()) * (1 - table.tunedRate()) * othersPerRight;
    return new LossAndGain(
        loss,
        gain,
        byChance,
        Math.max(0, loss - byChance),
        Math.max(0, gain - byChance),
        aboveChance(table.baseRate(), chance),
        loss * scale - wrong * scale * othersPerRight,
        gain * scale - wrong * scale * othersPerRight);
  }

  /** Tells whether the guesses of both arms go together, so that too much was taken off. */
  public boolean guessesGoTogether() {
    return forgotten < 0 || learned < 0;
  }

  /**
   * Returns the share of the base's skill above guessing that a drop lets go, θ / (p − chance).
   *
   * @param drop θ, or a margin; negative for a gain
   * @param base p, the base's share right
   * @param chance in [0, 1)
   * @return NaN where the base is not above chance and has nothing to let go
   */
  public static double shareOfSkill(double drop, double base, double chance) {
    return base > chance ? drop / (base - chance) : Double.NaN;
  }

  private static double aboveChance(double rate, double chance) {
    return Math.max(0, (rate - chance) / (1 - chance));
  }
}
