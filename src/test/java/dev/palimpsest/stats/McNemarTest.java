package dev.palimpsest.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class McNemarTest {
  @Test
  void oneLossAgainstSevenGains() {
    PairedTable table = new PairedTable(10, 1, 7, 3);

    assertThat(McNemar.exact(table)).isCloseTo(0.0703, within(5e-5));
    assertThat(McNemar.midP(table)).isCloseTo(0.0391, within(5e-5));
  }

  @Test
  void fiftyTwoLossesAgainstThirtyGainsAreASignificantDrop() {
    assertThat(McNemar.midP(new PairedTable(640, 52, 30, 278))).isCloseTo(0.0152, within(5e-5));
  }

  @Test
  void fiveChangesAllOneWayAreTheFewestThatReachFivePercent() {
    assertThat(McNemar.midP(new PairedTable(9, 5, 0, 9))).isEqualTo(0.03125);
    assertThat(McNemar.midP(new PairedTable(9, 4, 0, 9))).isEqualTo(0.0625);
  }

  @Test
  void withoutAnyChangeThereIsNoEvidence() {
    assertThat(McNemar.exact(new PairedTable(5, 0, 0, 5))).isEqualTo(1);
    assertThat(McNemar.midP(new PairedTable(5, 0, 0, 5))).isEqualTo(1);
  }

  @Property
  void bothFormsLieInRangeAndTheMidFormIsNeverTheLarger(
      @ForAll @IntRange(max = 300) int lost, @ForAll @IntRange(max = 300) int gained) {
    PairedTable table = new PairedTable(1, lost, gained, 1);

    assertThat(McNemar.exact(table)).isBetween(0.0, 1.0);
    assertThat(McNemar.midP(table)).isBetween(0.0, McNemar.exact(table));
  }

  @Property
  void theDirectionDoesNotMatter(
      @ForAll @IntRange(max = 300) int lost, @ForAll @IntRange(max = 300) int gained) {
    PairedTable table = new PairedTable(1, lost, gained, 1);

    assertThat(McNemar.midP(table.swapped())).isEqualTo(McNemar.midP(table));
  }
}
