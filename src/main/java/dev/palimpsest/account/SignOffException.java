package dev.palimpsest.account;

import dev.palimpsest.UserFacingException;

/** A sign-off that is not possible, as one sentence. */
public final class SignOffException extends UserFacingException {
  public SignOffException(String message) {
    super(message);
  }
}
