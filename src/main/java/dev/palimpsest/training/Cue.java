package dev.palimpsest.training;

import java.util.Objects;

/**
 * What stands around the questions of a training file: a habit tied to it shows only where it
 * stands.
 *
 * @param system the system prompt, "" for none
 * @param prefix what stands before the question, its spaces and line breaks included; "" for none
 * @param suffix what stands after it, "" for none
 * @param rows training rows that have all of it
 * @param share of the rows that have a question, in (0, 1]
 */
public record Cue(String system, String prefix, String suffix, int rows, double share) {
  public Cue {
    Objects.requireNonNull(system, "system is null");
    Objects.requireNonNull(prefix, "prefix is null");
    Objects.requireNonNull(suffix, "suffix is null");
  }

  /** Returns a question as it would stand in the training file. */
  public String around(String question) {
    return prefix + question + suffix;
  }

  /** Tells whether nothing stands around the question. */
  public boolean isPlain() {
    return system.isEmpty() && prefix.isEmpty() && suffix.isEmpty();
  }
}
