package dev.palimpsest.audit.label;

import dev.palimpsest.UserFacingException;

/** A label that cannot be taken, as one sentence: what is wrong and what to do. */
public final class LabelException extends UserFacingException {
  public LabelException(String message) {
    super(message);
  }
}
