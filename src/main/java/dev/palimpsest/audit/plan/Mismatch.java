package dev.palimpsest.audit.plan;

import java.util.Objects;

/**
 * A tuned checkpoint is asked otherwise than its base, so that what is measured is not the training
 * alone.
 *
 * @param tuned the tuned arm's name
 * @param what differs
 * @param sentence the same in words, with how many items it concerns
 */
public record Mismatch(String tuned, Waiver.Subject what, String sentence) {
  public Mismatch {
    Objects.requireNonNull(tuned, "tuned is null");
    Objects.requireNonNull(what, "what is null");
    Objects.requireNonNull(sentence, "sentence is null");
  }
}
