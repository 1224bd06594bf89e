package dev.palimpsest.account;

import dev.palimpsest.UserFacingException;

/** What cannot be done to a user, a password or a token, as one sentence that says why. */
public final class AccountException extends UserFacingException {
  public AccountException(String message) {
    super(message);
  }
}
