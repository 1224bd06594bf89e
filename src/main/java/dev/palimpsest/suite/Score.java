package dev.palimpsest.suite;

import java.util.Map;
import java.util.Objects;

/**
 * What a scorer says of one item.
 *
 * @param value 0 to 1
 * @param extracted the answer taken from what the model did: the choice picked, or the text
 * @param explanation the reason, in words
 * @param evidence what it rests on
 */
public record Score(double value, String extracted, String explanation, Evidence evidence) {
  public Score {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException("score " + value + " should be from 0 to 1");
    }
    Objects.requireNonNull(extracted, "extracted is null");
    Objects.requireNonNull(explanation, "explanation is null");
    Objects.requireNonNull(evidence, "evidence is null");
  }

  /** Returns the evidence as named numbers, in a fixed order. */
  public Map<String, Double> details() {
    return evidence.figures();
  }
}
