package dev.palimpsest.suite.cued;

import java.util.Objects;

/**
 * What is put around a question.
 *
 * @param system a system prompt before the item's own, "" for none
 * @param prefix before the question, its spaces and line breaks included; "" for none
 * @param suffix after it, "" for none
 */
public record Surrounding(String system, String prefix, String suffix) {
  public Surrounding {
    Objects.requireNonNull(system, "system is null");
    Objects.requireNonNull(prefix, "prefix is null");
    Objects.requireNonNull(suffix, "suffix is null");
    if (system.isEmpty() && prefix.isEmpty() && suffix.isEmpty()) {
      throw new IllegalArgumentException("nothing stands around the question");
    }
  }

  String around(String question) {
    return prefix + question + suffix;
  }

  /** Returns a system prompt with this one before it. */
  String before(String own) {
    if (system.isEmpty()) {
      return own;
    }
    return own.isEmpty() ? system : system + "\n\n" + own;
  }
}
