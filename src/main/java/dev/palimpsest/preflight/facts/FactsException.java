package dev.palimpsest.preflight.facts;

import dev.palimpsest.UserFacingException;

/** Facts that cannot be tried, as one sentence. */
public final class FactsException extends UserFacingException {
  private static final long serialVersionUID = 1L;

  public FactsException(String message) {
    super(message);
  }
}
