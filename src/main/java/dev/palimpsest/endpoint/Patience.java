package dev.palimpsest.endpoint;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long a server is waited for, and how often it is asked again.
 *
 * <p>Between two tries passes a random time up to a bound that doubles ("full jitter", M. Brooker,
 * AWS Architecture Blog, 2015), so that many requests that failed together do not come back
 * together; where the server says when to come back, it is waited for as long as that.
 *
 * @param attempts how often one request is sent at most, at least 1
 * @param connect longest time until a connection stands
 * @param answer longest time until an answer is there
 * @param firstPause the bound after the first try
 * @param longestPause no pause is longer, whatever the server says
 */
record Patience(
    int attempts, Duration connect, Duration answer, Duration firstPause, Duration longestPause) {
  /** Six tries, five minutes for an answer. */
  static final Patience USUAL =
      new Patience(
          6,
          Duration.ofSeconds(10),
          Duration.ofMinutes(5),
          Duration.ofSeconds(1),
          Duration.ofMinutes(2));

  /**
   * Returns how long to wait before the next try.
   *
   * @param tries that were made, at least 1
   * @param retryAfter the header of that name, if there was one
   */
  Duration pause(int tries, Optional<String> retryAfter, Instant now) {
    Optional<Duration> told = retryAfter.flatMap(text -> told(text, now));
    if (told.isPresent()) {
      return shorter(told.get().isNegative() ? Duration.ZERO : told.get(), longestPause);
    }
    Duration bound = shorter(firstPause.multipliedBy(1L << Math.min(20, tries - 1)), longestPause);
    return Duration.ofMillis(ThreadLocalRandom.current().nextLong(bound.toMillis() + 1));
  }

  /** Seconds, or a date as HTTP writes it (RFC 9110, 10.2.3). */
  private static Optional<Duration> told(String text, Instant now) {
    if (text.strip().matches("\\d{1,9}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(text.strip())));
    }
    try {
      Instant when =
          ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Optional.of(Duration.between(now, when));
    } catch (DateTimeParseException neither) {
      return Optional.empty();
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
