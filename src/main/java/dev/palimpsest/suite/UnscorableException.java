package dev.palimpsest.suite;

import dev.palimpsest.UserFacingException;

/** An item that the model's numbers do not allow to be scored; it leaves the comparison. */
public final class UnscorableException extends UserFacingException {
  public UnscorableException(String message) {
    super(message);
  }
}
