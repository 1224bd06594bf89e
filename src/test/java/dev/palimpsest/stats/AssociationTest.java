package dev.palimpsest.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.palimpsest.stats.ClusteredAssociation.Observation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whether a property goes with an event. */
final class AssociationTest {
  /** From R: {@code phyper(k - 1, marked, total - marked, drawn, lower.tail = FALSE)}. */
  @Test
  void drawingWithoutPuttingBackIsExact() {
    // Fisher's tea: 4 of 8 cups marked, 4 drawn.
    assertThat(Hypergeometric.atLeast(4, 4, 4, 8)).isEqualTo(1 / 70.0, within(1e-12));
    assertThat(Hypergeometric.atLeast(3, 4, 4, 8)).isEqualTo(17 / 70.0, within(1e-12));
    assertThat(Hypergeometric.atLeast(0, 4, 4, 8)).isEqualTo(1, within(1e-12));
    assertThat(Hypergeometric.atLeast(5, 5, 5, 5)).isEqualTo(1, within(1e-12));
  }

  @Test
  void countsThatCannotBeAreRefused() {
    assertThatThrownBy(() -> Hypergeometric.atLeast(3, 4, 2, 8))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** With every observation alone, z is that of the score test with n / (n − 1). */
  @Test
  void observationsThatStandAloneAreComparedAsTwoShares() {
    List<Observation> observations = new ArrayList<>();
    add(observations, 30, true, true);
    add(observations, 20, true, false);
    add(observations, 20, false, true);
    add(observations, 30, false, false);
    // All scores are ±1/4: the sum is 5, the squares sum to 100/16, z = 5 / sqrt(6.25 · 100/99).
    assertThat(ClusteredAssociation.upperP(observations))
        .isEqualTo(Normal.probabilityBelow(-5 / Math.sqrt(6.25 * 100 / 99)), within(1e-12));
  }

  @Test
  void tenItemsOfOneTemplateAreNoTenWitnesses() {
    List<Observation> alone = new ArrayList<>();
    List<Observation> together = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      boolean marked = i % 100 < 50;
      boolean event = i / 10 % 4 == 0 || (marked && i % 100 < 10);
      alone.add(new Observation("alone " + i, marked, event));
      together.add(new Observation("template " + i / 10, marked, event));
    }
    assertThat(ClusteredAssociation.upperP(together))
        .isGreaterThan(3 * ClusteredAssociation.upperP(alone));
  }

  @Test
  void whereNothingVariesNothingIsProven() {
    List<Observation> same = new ArrayList<>();
    add(same, 10, true, true);
    assertThat(ClusteredAssociation.upperP(same)).isEqualTo(1);
  }

  private static void add(List<Observation> all, int count, boolean marked, boolean event) {
    for (int i = 0; i < count; i++) {
      all.add(new Observation("item " + all.size(), marked, event));
    }
  }
}
