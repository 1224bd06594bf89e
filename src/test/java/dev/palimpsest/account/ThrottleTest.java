package dev.palimpsest.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class ThrottleTest {
  private final TestClock clock = new TestClock(Instant.parse("2026-01-01T00:00:00Z"));
  private final Throttle throttle = new Throttle(clock);

  private void fail(int times, String name, String address) {
    for (int i = 0; i < times; i++) {
      throttle.failed(name, address);
    }
  }

  @Test
  void fiveWrongAttemptsAreFreeAndThenEachWaitIsTwiceTheOneBefore() {
    fail(4, "ada", "10.0.0.1");
    assertThat(throttle.wait("ada", "10.0.0.1")).isZero();
    fail(1, "ada", "10.0.0.1");
    assertThat(throttle.wait("ada", "10.0.0.1")).hasSeconds(1);
    fail(1, "ada", "10.0.0.1");
    assertThat(throttle.wait("ada", "10.0.0.1")).hasSeconds(2);
    clock.pass(Duration.ofSeconds(2));
    assertThat(throttle.wait("ada", "10.0.0.1")).isZero();
  }

  @Test
  void nobodyWaitsLongerThanHalfAMinuteForAName() {
    for (int i = 0; i < 1000; i++) {
      throttle.failed("ada", "10.0.0." + i);
    }
    assertThat(throttle.wait("ada", "10.1.0.1")).hasSeconds(30);
    assertThat(throttle.wait("ben", "10.1.0.1")).isZero();
  }

  @Test
  void anAddressThatTriesManyNamesWaitsToo() {
    for (int i = 0; i < 26; i++) {
      throttle.failed("name " + i, "10.0.0.1");
    }
    assertThat(throttle.wait("ada", "10.0.0.1")).hasSeconds(60);
    assertThat(throttle.wait("ada", "10.0.0.2")).isZero();
  }

  @Test
  void whoSignedInFromAnAddressIsNotKeptWaitingByGuessesFromElsewhere() {
    throttle.succeeded("ada", "10.0.0.1");
    fail(20, "ada", "10.6.6.6");
    assertThat(throttle.wait("ada", "10.0.0.1")).isZero();
    assertThat(throttle.wait("ada", "10.0.0.2")).hasSeconds(30);
  }

  @Test
  void guessesFromAnAddressWhereThePersonSignedInWaitAsWell() {
    throttle.succeeded("ada", "10.0.0.1");
    fail(6, "ada", "10.0.0.1");
    assertThat(throttle.wait("ada", "10.0.0.1")).hasSeconds(2);
    throttle.succeeded("ada", "10.0.0.1");
    assertThat(throttle.wait("ada", "10.0.0.1")).isZero();
  }
}
