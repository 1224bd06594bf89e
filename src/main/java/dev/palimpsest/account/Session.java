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
 * @param confirmedAt when the password was last given, or the provider last asked the person
 * @param issuer the provider by which it began, "" if by a password here
 * @param proof how the person proved there who it is, in words, "" if not told
 */
public record Session(
    String id,
    String userId,
    String address,
    String browser,
    boolean secondFactor,
    Instant startedAt,
    Instant seenAt,
    Instant confirmedAt,
    String issuer,
    String proof) {
  /** How long a session lasts in which nothing is asked for. */
  public static final Duration IDLE = Duration.ofMinutes(30);

  /** How long a session lasts in any case. */
  public static final Duration LONGEST = Duration.ofHours(12);

  /** How long a password that was given counts for what needs it anew. */
  public static final Duration CONFIRMED = Duration.ofMinutes(5);

  /** Tells whether it began by a provider, which then says who the person is. */
  public boolean isByProvider() {
    return !issuer.isEmpty();
  }

  /** Tells whether decisions may be signed in it, once the person is asked anew. */
  public boolean maySign() {
    return secondFactor || isByProvider();
  }

  /** Tells whether the password was given just now. */
  public boolean isConfirmed(Instant now) {
    return confirmedAt.plus(CONFIRMED).isAfter(now);
  }
}
