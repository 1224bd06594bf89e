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

  /**
   * Returns a log-probability that a model told.
   *
   * @throws DecoderException if it is not a number
   */
  public static float number(float logProb) {
    if (Float.isNaN(logProb)) {
      throw new DecoderException(
          "The model's output is not a number; its weights are damaged or overflow in this dtype"
              + " (try float32).");
    }
    return logProb;
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
