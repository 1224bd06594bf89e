package dev.palimpsest.account;

import java.time.Instant;

/** The app on somebody's phone. */
public final class Authenticator {
  private Authenticator() {}

  /** Returns the code that it shows. */
  public static String code(String secret, Instant now) {
    return Totp.code(Totp.bytes(secret), now.getEpochSecond() / 30, 6);
  }
}
