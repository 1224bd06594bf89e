package dev.palimpsest.registry;

import java.time.Duration;
import java.util.Objects;

/**
 * How long an upload that nobody goes on with holds what it has.
 *
 * @param patience after which a connection that sends nothing gives way to another
 * @param reserved after which the room for what was declared and not sent is anybody's again
 * @param kept after which what was received is thrown away
 * @param purgeEvery between two looks for uploads to throw away
 */
public record UploadTimes(
    Duration patience, Duration reserved, Duration kept, Duration purgeEvery) {
  public UploadTimes {
    Objects.requireNonNull(patience, "patience is null");
    Objects.requireNonNull(reserved, "reserved is null");
    Objects.requireNonNull(kept, "kept is null");
    Objects.requireNonNull(purgeEvery, "purgeEvery is null");
  }

  /** Returns three seconds, five minutes, a week and an hour. */
  public static UploadTimes standard() {
    return new UploadTimes(
        Duration.ofSeconds(3), Duration.ofMinutes(5), Duration.ofDays(7), Duration.ofHours(1));
  }
}
