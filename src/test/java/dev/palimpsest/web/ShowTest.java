package dev.palimpsest.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What pages print is the same wherever the server stands. */
final class ShowTest {
  private final TimeZone before = TimeZone.getDefault();

  @AfterEach
  void restore() {
    TimeZone.setDefault(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Pacific/Kiritimati", "America/St_Johns", "Europe/Berlin", "UTC"})
  void timesAreThoseOfUtcInEveryZone(String zone) {
    TimeZone.setDefault(TimeZone.getTimeZone(zone));
    assertThat(new Show().time(Instant.parse("2026-03-29T01:30:00Z"))).contains("01:30", "UTC");
  }

  @Test
  void sizesAreNotRoundedUpToAnotherUnit() {
    assertThat(new Show().bytes(999_499)).isEqualTo("999\u00a0kB");
    assertThat(new Show().bytes(0)).isEqualTo("0\u00a0B");
  }
}
