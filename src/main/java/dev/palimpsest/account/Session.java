package dev.palimpsest.account;

import java.time.Duration;
import java.time.Instant;

/**
 * A browser in which somebody is signed in.
 *
 * @param id by which it is listed and ended; not the secret of its cookie
 * @param userId who is signed in
 * @param address from which, as the server saw it
 * @param browser what the browser said it is
 * @param secondFactor whether a code of the authenticator was given
 * @param seenAt when it was last used, to the minute
 * @param confirmedAt when the password was last given
 */
public record Session(
    String id,
    String userId,
    String address,
    String browser,
    boolean secondFactor,
    Instant startedAt,
    Instant seenAt,
    Instant confirmedAt) {
  /** How long a session lasts in which nothing is asked for. */
  public static final Duration IDLE = Duration.ofMinutes(30);

  /** How long a session lasts in any case. */
  public static final Duration LONGEST = Duration.ofHours(12);

  /** How long a password that was given counts for what needs it anew. */
  public static final Duration CONFIRMED = Duration.ofMinutes(5);

  /** Tells whether the password was given just now. */
  public boolean isConfirmed(Instant now) {
    return confirmedAt.plus(CONFIRMED).isAfter(now);
  }
}
