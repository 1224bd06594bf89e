package dev.palimpsest.suite;

/**
 * How likely the model found one choice.
 *
 * @param sum natural log-probability of all its tokens together
 * @param tokens how many tokens it has, at least 1
 */
public record ChoiceLogProb(double sum, int tokens) {
  public ChoiceLogProb {
    if (tokens < 1) {
      throw new IllegalArgumentException("a choice has at least one token");
    }
  }
}
