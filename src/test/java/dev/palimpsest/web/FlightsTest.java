package dev.palimpsest.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class FlightsTest {
  private final Flights<Integer> flights = new Flights<>();
  private final AtomicInteger made = new AtomicInteger();

  @Test
  void whoAsksWhileItIsMadeGetsTheSameOne() throws Exception {
    AtomicInteger sum = new AtomicInteger();
    List<Thread> others =
        IntStream.range(0, 9)
            .mapToObj(
                i -> new Thread(() -> sum.addAndGet(flights.join("a", made::incrementAndGet))))
            .toList();
    int mine =
        flights.join(
            "a",
            () -> {
              others.forEach(Thread::start);
              others.forEach(FlightsTest::awaitWaiting);
              return made.incrementAndGet();
            });
    for (Thread other : others) {
      other.join();
    }
    assertThat(mine).isEqualTo(1);
    assertThat(sum).hasValue(9);
  }

  @Test
  void nothingIsKept() {
    assertThat(flights.join("a", made::incrementAndGet)).isEqualTo(1);
    assertThat(flights.join("a", made::incrementAndGet)).isEqualTo(2);
  }

  @Test
  void aFailureIsTheCallersAndTheNextOneTriesAgain() {
    assertThatThrownBy(
            () ->
                flights.join(
                    "a",
                    () -> {
                      throw new IllegalArgumentException("no");
                    }))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no");
    assertThat(flights.join("a", made::incrementAndGet)).isEqualTo(1);
  }

  private static void awaitWaiting(Thread thread) {
    while (thread.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
  }
}
