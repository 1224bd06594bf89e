package dev.palimpsest.suite;

/**
 * How an answer is drawn.
 *
 * @param temperature 0 for the likeliest token each time
 * @param seed of the draw; says nothing at temperature 0
 */
public record Sampling(double temperature, long seed) {
  /** The likeliest token each time. */
  public static final Sampling GREEDY = new Sampling(0, 0);

  public Sampling {
    if (!(temperature >= 0)) {
      throw new IllegalArgumentException("temperature should not be negative");
    }
  }

  /** Tells whether another seed may give another answer. */
  public boolean isDrawn() {
    return temperature > 0;
  }
}
