package dev.palimpsest.web.guard;

import java.time.Duration;
import java.util.Objects;

/**
 * What one client, and all of them together, may take of the server at a time.
 *
 * <p>Requests that are worked on hold a thread each; the limits of bodies and pages together stay
 * below the number of threads, so that the health pages always find one.
 *
 * @param bodies requests that bring a body, which may arrive slowly
 * @param pages requests without one
 * @param streams pages that follow an audit; they hold a connection and no thread
 * @param bytesPerSecond the slowest body that is waited for, on average from its first byte on
 * @param grace after the first byte, before the rate is looked at
 * @param silence after which a connection on which nothing moves is given up
 * @param lingerBytes read and thrown away of a body that was refused, so that its sender gets to
 *     read why
 * @param lingerFor the longest time that is read on for
 */
public record TrafficLimits(
    Share bodies,
    Share pages,
    Share streams,
    long bytesPerSecond,
    Duration grace,
    Duration silence,
    long lingerBytes,
    Duration lingerFor) {
  /**
   * Requests at a time.
   *
   * @param perClient of one address
   * @param all of all addresses
   */
  public record Share(int perClient, int all) {}

  public TrafficLimits {
    Objects.requireNonNull(bodies, "bodies is null");
    Objects.requireNonNull(pages, "pages is null");
    Objects.requireNonNull(streams, "streams is null");
    Objects.requireNonNull(grace, "grace is null");
    Objects.requireNonNull(silence, "silence is null");
    Objects.requireNonNull(lingerFor, "lingerFor is null");
  }

  /** Returns limits that people with browsers do not meet. */
  public static TrafficLimits standard() {
    return new TrafficLimits(
        new Share(40, 80),
        new Share(80, 120),
        new Share(100, 400),
        1024,
        Duration.ofSeconds(10),
        Duration.ofSeconds(20),
        256L << 20,
        Duration.ofSeconds(10));
  }
}
