package dev.palimpsest.decoder.family;

/**
 * Slopes of the heads of a model with linear position biases (Press et al. 2021, arXiv:2108.12409).
 */
final class Alibi {
  private Alibi() {}

  /** Returns the slope of each head; the series for the next power of two fills up what is left. */
  static double[] slopes(int heads) {
    int power = Integer.highestOneBit(heads);
    double[] slopes = new double[heads];
    for (int i = 0; i < heads; i++) {
      slopes[i] = i < power ? slope(power, i + 1) : slope(2 * power, 2 * (i - power) + 1);
    }
    return slopes;
  }

  private static double slope(int heads, int index) {
    float base = (float) Math.pow(2, -8.0 / heads);
    return (float) Math.pow(base, index);
  }
}
