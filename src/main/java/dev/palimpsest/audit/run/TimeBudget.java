package dev.palimpsest.audit.run;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How long a run may still take. What it took before it was interrupted is known from the facts of
 * its provenance; time in which nothing ran is not counted.
 */
final class TimeBudget {
  private static final String SPENT = "seconds spent deciding";

  private final Optional<Duration> limit;
  private final Duration before;
  private final long start = System.nanoTime();

  TimeBudget(Optional<Integer> minutes, Map<String, String> facts) {
    this.limit = minutes.map(Duration::ofMinutes);
    this.before = Duration.ofSeconds(Long.parseLong(facts.getOrDefault(SPENT, "0")));
  }

  private Duration spent() {
    return before.plusNanos(System.nanoTime() - start);
  }

  boolean isOver() {
    return limit.isPresent() && spent().compareTo(limit.get()) >= 0;
  }

  /** Returns the fact to be kept. */
  Map<String, String> fact() {
    return Map.of(SPENT, Long.toString(spent().toSeconds()));
  }
}
