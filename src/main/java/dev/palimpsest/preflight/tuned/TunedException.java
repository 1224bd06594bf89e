package dev.palimpsest.preflight.tuned;

import dev.palimpsest.UserFacingException;

/** A tuned checkpoint that cannot be looked at on its training file, as one sentence. */
public final class TunedException extends UserFacingException {
  private static final long serialVersionUID = 1L;

  public TunedException(String message) {
    super(message);
  }
}
