package dev.palimpsest.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wilson, Clopper–Pearson, Newcombe and the chance test. */
final class ProportionIntervalsTest {
  @Test
  void newcombesPublishedTable() {
    Interval interval = NewcombePaired.interval(new PairedTable(1, 1, 7, 12), 0.95);

    assertThat(interval.low()).isCloseTo(-0.50692, within(1e-5));
    assertThat(interval.high()).isCloseTo(-0.025559, within(1e-5));
  }

  @Test
  void wilsonsIntervalOfEightyOneIn263IsTheOneNewcombePrinted() {
    Interval interval = Wilson.interval(81, 263, 0.95);

    assertThat(interval.low()).isCloseTo(0.2553, within(5e-5));
    assertThat(interval.high()).isCloseTo(0.3662, within(5e-5));
  }

  @Test
  void clopperAndPearsonsIntervalOfTheSameSample() {
    Interval interval = ClopperPearson.interval(81, 263, 0.95);

    assertThat(interval.low()).isCloseTo(0.2527, within(5e-5));
    assertThat(interval.high()).isCloseTo(0.3676, within(5e-5));
  }

  @ParameterizedTest
  @CsvSource({"100, 0.0295", "160, 0.0185", "300, 0.0099", "1000, 0.0030"})
  void noEventInNBoundsTheRate(int n, double upper) {
    assertThat(ClopperPearson.upper(0, n, 0.05)).isCloseTo(upper, within(6e-5));
  }

  @Test
  void endsAreTheEndsWhereNothingOrEverythingHappened() {
    assertThat(Wilson.interval(0, 1, 0.9).low()).isZero();
    assertThat(Wilson.interval(1, 1, 0.9).high()).isEqualTo(1);
    assertThat(ClopperPearson.interval(0, 1, 0.9).low()).isZero();
    assertThat(ClopperPearson.interval(1, 1, 0.9).high()).isEqualTo(1);
  }

  @Test
  void impossibleCountsAreRefused() {
    assertThatThrownBy(() -> Wilson.interval(3, 2, 0.9)).hasMessageContaining("3 of 2");
    assertThatThrownBy(() -> ClopperPearson.upper(0, 0, 0.05)).hasMessageContaining("0 of 0");
  }

  @Test
  void guessingAloneAnswersAQuarterOfFourChoiceItems() {
    assertThat(ChanceLevel.pValue(25, 100, 0.25)).isCloseTo(0.5383, within(1e-4));
    assertThat(ChanceLevel.pValue(33, 100, 0.25)).isLessThan(0.05);
    assertThat(ChanceLevel.pValue(32, 100, 0.25)).isGreaterThan(0.05);
    assertThat(ChanceLevel.pValue(0, 10, 0.25)).isEqualTo(1);
  }

  @Property
  void theExactIntervalIsNeverInsideWilsonsByMuchAndBothHoldTheShare(
      @ForAll @IntRange(min = 1, max = 500) int n, @ForAll @IntRange(max = 500) int drawn) {
    int k = drawn % (n + 1);
    Interval wilson = Wilson.interval(k, n, 0.90);
    Interval exact = ClopperPearson.interval(k, n, 0.90);

    assertThat(wilson.contains((double) k / n)).isTrue();
    assertThat(exact.contains((double) k / n)).isTrue();
  }
}
