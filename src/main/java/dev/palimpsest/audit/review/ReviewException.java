package dev.palimpsest.audit.review;

import dev.palimpsest.UserFacingException;

/** A review that is not possible, as one sentence. */
public final class ReviewException extends UserFacingException {
  public ReviewException(String message) {
    super(message);
  }
}
