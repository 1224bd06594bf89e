package dev.palimpsest.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.report.chart.Hull.Spot;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HullTest {
  private static final Spot BASE = new Spot(0, 0);

  @Test
  void isWhatNothingElseNorAMixtureBeatsOnBothAxes() {
    Spot gentle = new Spot(0.2, -0.01);
    Spot between = new Spot(0.3, -0.1);
    Spot hard = new Spot(0.4, -0.11);
    Spot poor = new Spot(0.1, -0.2);

    assertThat(Hull.upperRight(List.of(hard, poor, BASE, between, gentle)))
        .containsExactly(BASE, gentle, hard);
  }

  @Test
  void leavesOutWhatIsWorseOnBothAxesThanTheBase() {
    assertThat(Hull.upperRight(List.of(BASE, new Spot(-0.1, -0.2)))).containsExactly(BASE);
    assertThat(Hull.upperRight(List.of(BASE, BASE))).containsExactly(BASE);
  }

  @Test
  void oneThatOnlyGainsIsTheWholeHull() {
    Spot better = new Spot(0.3, 0.02);
    assertThat(Hull.upperRight(List.of(BASE, better))).containsExactly(better);
  }

  @Test
  void aSpotIsDominatedByWhatIsAtLeastAsGoodOnBothAndBetterOnOne() {
    assertThat(Hull.isDominated(new Spot(0.1, -0.1), BASE)).isFalse();
    assertThat(Hull.isDominated(new Spot(0, -0.1), BASE)).isTrue();
    assertThat(Hull.isDominated(BASE, BASE)).isFalse();
  }
}
