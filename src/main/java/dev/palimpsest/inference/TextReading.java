package dev.palimpsest.inference;

import java.util.List;

/**
 * What a base and models tuned from it, which were asked together, expect on one text.
 *
 * @param base how likely the base finds it
 * @param tuned the same of each tuned model, in the order in which they were named
 */
public record TextReading(ContinuationScore base, List<Tuned> tuned) {
  public TextReading {
    tuned = List.copyOf(tuned);
  }

  /**
   * One tuned model on the text.
   *
   * @param score how likely it finds the text
   * @param divergence KL(base || tuned) of each token in nats, natural logarithm, never below 0
   */
  public record Tuned(ContinuationScore score, double[] divergence) {}
}
