package dev.palimpsest.suite;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What a scorer says of one item.
 *
 * @param value 0 to 1
 * @param extracted the answer taken from what the model did: the choice picked, or the text
 * @param explanation the reason, in words
 * @param details named numbers beside the score, in a fixed order
 */
public record Score(
    double value, String extracted, String explanation, Map<String, Double> details) {
  public Score {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException("score " + value + " should be from 0 to 1");
    }
    Objects.requireNonNull(extracted, "extracted is null");
    Objects.requireNonNull(explanation, "explanation is null");
    details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
  }
}
