package dev.palimpsest.evidence;

import dev.palimpsest.UserFacingException;

/** Evidence that does not hold: the first thing that is wrong with it, as one sentence. */
public final class IntegrityException extends UserFacingException {
  public IntegrityException(String message) {
    super(message);
  }

  public IntegrityException(String message, Throwable cause) {
    super(message, cause);
  }
}
