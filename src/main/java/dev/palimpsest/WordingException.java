package dev.palimpsest;

/** A name or comment that is not taken, as one sentence that says why. */
public final class WordingException extends UserFacingException {
  WordingException(String message) {
    super(message);
  }
}
