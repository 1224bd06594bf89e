package dev.palimpsest.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Agreement of orders and of raters, against published examples. */
final class RaterAgreementTest {
  @Test
  void theAreaCountsPairsInRightOrderAndTiesHalf() {
    // Good 3, 2; bad 2, 1: (3>2) + (3>1) + ½(2=2) + (2>1) of 4.
    assertThat(
            RankAgreement.auc(new double[] {3, 2, 2, 1}, new boolean[] {true, true, false, false})
                .getAsDouble())
        .isEqualTo(3.5 / 4);
    assertThat(RankAgreement.auc(new double[] {1, 2}, new boolean[] {true, true})).isEmpty();
  }

  @Test
  void spearmansCorrelationIsThatOfMidRanks() {
    // scipy.stats.spearmanr([1, 2, 3, 4, 5], [5, 6, 7, 8, 7]) = 0.8207826816681233
    assertThat(
            RankAgreement.spearman(new double[] {1, 2, 3, 4, 5}, new double[] {5, 6, 7, 8, 7})
                .getAsDouble())
        .isCloseTo(0.8207826816681233, within(1e-12));
    assertThat(RankAgreement.spearman(new double[] {1, 2}, new double[] {3, 3})).isEmpty();
  }

  @Test
  void kappaIsAgreementBeyondChance() {
    // 50 proposals, both yes 20, both no 15, only the first yes 5, only the second 10: 0.4.
    List<String> one = new ArrayList<>();
    List<String> other = new ArrayList<>();
    add(one, other, "yes", "yes", 20);
    add(one, other, "no", "no", 15);
    add(one, other, "yes", "no", 5);
    add(one, other, "no", "yes", 10);
    assertThat(CohenKappa.of(one, other).getAsDouble()).isCloseTo(0.4, within(1e-12));
    assertThat(CohenKappa.of(List.of("a"), List.of("a"))).isEmpty();
  }

  private static void add(
      List<String> one, List<String> other, String said, String answered, int times) {
    for (int i = 0; i < times; i++) {
      one.add(said);
      other.add(answered);
    }
  }

  /** Krippendorff (2011), example C: four observers, twelve units, some unrated. */
  @Test
  void alphaIsThatOfKrippendorffsExample() {
    double[][] observers = {
      {1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0},
      {1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3},
      {0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0},
      {1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0}
    };
    List<List<Double>> units = new ArrayList<>();
    for (int unit = 0; unit < 12; unit++) {
      List<Double> ratings = new ArrayList<>();
      for (double[] observer : observers) {
        if (observer[unit] > 0) {
          ratings.add(observer[unit]);
        }
      }
      units.add(ratings);
    }
    assertThat(KrippendorffAlpha.of(units, KrippendorffAlpha.Scale.NOMINAL).getAsDouble())
        .isCloseTo(0.743, within(0.0005));
    assertThat(KrippendorffAlpha.of(units, KrippendorffAlpha.Scale.INTERVAL).getAsDouble())
        .isCloseTo(0.849, within(0.0005));
    assertThat(KrippendorffAlpha.of(List.of(List.of(1.0)), KrippendorffAlpha.Scale.NOMINAL))
        .isEmpty();
  }
}
