package dev.palimpsest.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class TangoTest {
  @Test
  void theIntervalOfTheSmallPublishedTableIsTheOneOfRsRatesci() {
    Interval interval = Tango.interval(new PairedTable(1, 1, 7, 12), 0.95);

    assertThat(interval.low()).isCloseTo(-0.517232, within(1e-6));
    assertThat(interval.high()).isCloseTo(-0.026003, within(1e-6));
  }

  @Test
  void aThousandItemsGiveTheReferenceInterval() {
    Interval interval = Tango.interval(new PairedTable(640, 52, 30, 278), 0.90);

    assertThat(interval.low()).isCloseTo(0.0072, within(5e-5));
    assertThat(interval.high()).isCloseTo(0.0373, within(5e-5));
  }

  @Test
  void nonInferiorityOfTheSameTableDependsOnTheMargin() {
    PairedTable table = new PairedTable(640, 52, 30, 278);

    assertThat(Tango.nonInferiority(table, 0.02)).isCloseTo(0.588, within(5e-4));
    assertThat(Tango.nonInferiority(table, 0.03)).isCloseTo(0.191, within(5e-4));
    assertThat(Tango.nonInferiority(table, 0.04)).isCloseTo(0.0274, within(5e-5));
    assertThat(Tango.nonInferiority(table, 0.05)).isCloseTo(0.0019, within(5e-5));
  }

  @Test
  void atNoDropTheScoreIsTheRootOfMcNemarsChiSquare() {
    assertThat(Tango.z(new PairedTable(4, 7, 1, 4), 0)).isCloseTo(Math.sqrt(4.5), within(1e-12));
  }

  @Test
  void withoutAnyChangeTheBoundIsZSquaredOverNPlusZSquared() {
    Interval interval = Tango.interval(new PairedTable(60, 0, 0, 40), 0.90);
    double z2 = 1.6448536269514722 * 1.6448536269514722;

    assertThat(interval.high()).isCloseTo(z2 / (100 + z2), within(1e-9));
    assertThat(interval.low()).isCloseTo(-z2 / (100 + z2), within(1e-9));
  }

  @Test
  void allLostReachesOneAndAllGainedReachesMinusOne() {
    assertThat(Tango.interval(new PairedTable(0, 30, 0, 0), 0.90).high()).isEqualTo(1);
    assertThat(Tango.interval(new PairedTable(0, 0, 30, 0), 0.90).low()).isEqualTo(-1);
  }

  @Test
  void oneItemProvesNothing() {
    Interval unchanged = Tango.interval(new PairedTable(1, 0, 0, 0), 0.90);

    assertThat(unchanged.low()).isLessThan(-0.7);
    assertThat(unchanged.high()).isGreaterThan(0.7);
  }

  @Test
  void anEmptyTableIsRefused() {
    assertThatThrownBy(() -> Tango.interval(new PairedTable(0, 0, 0, 0), 0.90))
        .hasMessageContaining("no pairs");
  }

  @Property
  void exchangingTheArmsMirrorsTheInterval(
      @ForAll @IntRange(max = 200) int a,
      @ForAll @IntRange(max = 60) int b,
      @ForAll @IntRange(max = 60) int c,
      @ForAll @IntRange(min = 1, max = 200) int d) {
    PairedTable table = new PairedTable(a, b, c, d);
    Interval mirrored = Tango.interval(table.swapped(), 0.90).negated();
    Interval interval = Tango.interval(table, 0.90);

    assertThat(mirrored.low()).isCloseTo(interval.low(), within(1e-9));
    assertThat(mirrored.high()).isCloseTo(interval.high(), within(1e-9));
  }

  @Property
  void theIntervalHoldsTheDropAndStaysInRange(
      @ForAll @IntRange(max = 40) int a,
      @ForAll @IntRange(max = 40) int b,
      @ForAll @IntRange(max = 40) int c,
      @ForAll @IntRange(min = 1, max = 40) int d) {
    PairedTable table = new PairedTable(a, b, c, d);
    Interval interval = Tango.interval(table, 0.90);

    assertThat(interval.contains(table.drop())).isTrue();
    assertThat(interval.low()).isBetween(-1.0, 1.0);
    assertThat(interval.high()).isBetween(-1.0, 1.0);
  }

  @Property
  void theScoreFallsAsTheSupposedDropGrows(
      @ForAll @IntRange(max = 40) int b,
      @ForAll @IntRange(max = 40) int c,
      @ForAll @IntRange(min = 1, max = 100) int unchanged,
      @ForAll @DoubleRange(min = -0.99, max = 0.98) double drop) {
    PairedTable table = new PairedTable(unchanged, b, c, 0);

    assertThat(Tango.z(table, drop)).isGreaterThanOrEqualTo(Tango.z(table, drop + 0.01));
  }

  @Property
  void oneMoreLossRaisesBothEnds(
      @ForAll @IntRange(max = 40) int b,
      @ForAll @IntRange(max = 40) int c,
      @ForAll @IntRange(min = 1, max = 100) int bothRight) {
    Interval before = Tango.interval(new PairedTable(bothRight, b, c, 0), 0.90);
    Interval after = Tango.interval(new PairedTable(bothRight - 1, b + 1, c, 0), 0.90);

    assertThat(after.low()).isGreaterThan(before.low());
    assertThat(after.high()).isGreaterThan(before.high());
  }
}
