package dev.palimpsest.preflight.facts;

import java.util.Objects;

/**
 * A fact, and how well a model knows it.
 *
 * @param greedyRight right ones of the likeliest answers, one for each set of examples
 * @param greedy how many these are
 * @param sampledRight right ones of the sampled answers
 * @param sampled how many these are
 * @param guess how often the model gives this answer to other questions of the kind, in [0, 1]
 * @param said its likeliest answer after the first set of examples
 * @param known the category
 * @param guessed whether right answers are no more than the model gives to others of the kind, so
 *     that the fact counts as unknown
 */
public record TriedFact(
    Fact fact,
    int greedyRight,
    int greedy,
    int sampledRight,
    int sampled,
    double guess,
    String said,
    Known known,
    boolean guessed) {
  private static final double LEVEL = 0.05;

  public TriedFact {
    Objects.requireNonNull(fact, "fact is null");
    Objects.requireNonNull(said, "said is null");
    Objects.requireNonNull(known, "known is null");
  }

  static TriedFact of(Fact fact, FactTrial.Answers answers, double guess) {
    int greedyRight = (int) answers.greedy().stream().filter(fact::isIn).count();
    int sampledRight = (int) answers.sampled().stream().filter(fact::isIn).count();
    int greedy = answers.greedy().size();
    int sampled = answers.sampled().size();
    int right = greedyRight + sampledRight;
    boolean guessed = right > 0 && atLeast(right, greedy + sampled, guess) > LEVEL;
    return new TriedFact(
        fact,
        greedyRight,
        greedy,
        sampledRight,
        sampled,
        guess,
        answers.greedy().get(0),
        guessed ? Known.UNKNOWN : Known.of(greedyRight, greedy, sampledRight),
        guessed);
  }

  /** Returns the chance of at least k of n where each has the chance p. */
  static double atLeast(int k, int n, double p) {
    if (p <= 0) {
      return k <= 0 ? 1 : 0;
    }
    if (p >= 1) {
      return 1;
    }
    double logTerm = n * Math.log1p(-p);
    double sum = 0;
    for (int i = 0; i <= n; i++) {
      if (i >= k) {
        sum += Math.exp(logTerm);
      }
      logTerm += Math.log((double) (n - i) / (i + 1)) + Math.log(p) - Math.log1p(-p);
    }
    return Math.min(1, sum);
  }
}
