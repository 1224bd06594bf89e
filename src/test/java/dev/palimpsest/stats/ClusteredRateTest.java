package dev.palimpsest.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rates of events among items that hang together. */
final class ClusteredRateTest {
  @Test
  void itemsThatStandAloneGetWilsonsInterval() {
    boolean[] events = new boolean[40];
    events[3] = events[17] = events[30] = true;
    List<String> alone = IntStream.range(0, 40).mapToObj(i -> "c" + i).toList();

    Interval found = ClusteredRate.of(events, alone).interval(0.9);

    assertThat(found.low()).isCloseTo(Wilson.interval(3, 40, 0.9).low(), within(1e-12));
    assertThat(found.high()).isCloseTo(Wilson.interval(3, 40, 0.9).high(), within(1e-12));
  }

  @Test
  void answersThatAgreeWithinAQuestionCountAsOne() {
    // Four questions, three answers each, all of one question alike: as good as four answers.
    boolean[] events = new boolean[12];
    events[0] = events[1] = events[2] = true;
    List<String> three = IntStream.range(0, 12).mapToObj(i -> "q" + i / 3).toList();

    ClusteredRate rate = ClusteredRate.of(events, three);

    // Variance of the mean over clusters, CR2: Σ S² / (1 − 1/4) / 144 = 0.0625; of independent
    // items 0.25 · 0.75 / 11; their ratio 3.6667.
    assertThat(rate.designEffect()).isCloseTo(0.0625 / (0.1875 / 11), within(1e-12));
    assertThat(rate.share()).isEqualTo(0.25);
  }

  @Test
  void withoutAnEventAClusterCountsAsOneItem() {
    boolean[] none = new boolean[12];
    List<String> three = IntStream.range(0, 12).mapToObj(i -> "q" + i / 3).toList();

    Interval found = ClusteredRate.of(none, three).interval(0.9);

    assertThat(found.low()).isZero();
    assertThat(found.high()).isCloseTo(Wilson.interval(0, 4, 0.9).high(), within(1e-12));
  }

  @Test
  void theIntervalIsNeverNarrowerThanThatOfIndependentItems() {
    boolean[] events = {true, false, false, true, true, false};
    List<String> pairs = List.of("a", "a", "b", "b", "c", "c");

    Interval found = ClusteredRate.of(events, pairs).interval(0.9);

    Interval alone = Wilson.interval(3, 6, 0.9);
    assertThat(found.low()).isLessThanOrEqualTo(alone.low() + 1e-12);
    assertThat(found.high()).isGreaterThanOrEqualTo(alone.high() - 1e-12);
    assertThat(ClusteredRate.of(new boolean[] {true}, Collections.singletonList("a")).share())
        .isEqualTo(1);
  }
}
