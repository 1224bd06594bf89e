package dev.palimpsest.suite;

/**
 * How likely the model found one continuation.
 *
 * @param sum natural log-probability of all its tokens together
 * @param tokens how many tokens it has, at least 1
 */
public record LogProb(double sum, int tokens) {
  public LogProb {
    if (tokens < 1) {
      throw new IllegalArgumentException("a continuation has at least one token");
    }
  }
}
