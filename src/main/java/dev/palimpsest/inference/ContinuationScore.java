package dev.palimpsest.inference;

import java.util.Objects;

/**
 * How likely the model finds one continuation.
 *
 * @param tokenLogProbs natural log-probability of each token, float32
 * @param isGreedy whether every token was the most likely one
 * @param truncated whether the context was cut from the left to fit the model
 */
public record ContinuationScore(float[] tokenLogProbs, boolean isGreedy, boolean truncated) {
  public ContinuationScore {
    Objects.requireNonNull(tokenLogProbs, "tokenLogProbs is null");
  }

  /** Returns the summed log-likelihood, natural log. */
  public double logProb() {
    double sum = 0;
    for (float value : tokenLogProbs) {
      sum += value;
    }
    return sum;
  }
}
