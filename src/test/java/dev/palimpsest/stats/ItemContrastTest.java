package dev.palimpsest.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ItemContrastTest {
  private static final double LEVEL = 0.90;

  /**
   * Independent reference: scipy 1.17, stats.ttest_1samp of the ten contrasts with +1 and −1
   * appended, and its confidence_interval(0.90).
   */
  @Test
  void theIntervalIsThatOfATTestOverTheItemsAndTwoMore() {
    double[] contrasts = {-1, 0, 0, -2, 0, 1, 0, -1, 0, 0};
    ItemContrast contrast = ItemContrast.of(contrasts, alone(contrasts.length));
    assertThat(contrast.mean()).isEqualTo(-0.3);
    assertThat(contrast.adjusted().mean()).isCloseTo(-0.25, within(1e-12));
    assertThat(contrast.interval(LEVEL).low()).isCloseTo(-0.698971204676011, within(1e-9));
    assertThat(contrast.interval(LEVEL).high()).isCloseTo(0.19897120467601082, within(1e-9));
    assertThat(contrast.p()).isCloseTo(0.3388006961962016, within(1e-9));
  }

  @Test
  void itemsThatAllSayNothingDoNotProveThatNothingDiffers() {
    ItemContrast contrast = ItemContrast.of(new double[100], alone(100));
    assertThat(contrast.mean()).isZero();
    assertThat(contrast.p()).isEqualTo(1);
    assertThat(contrast.interval(LEVEL).low()).isBetween(-0.03, -0.02);
    assertThat(contrast.interval(LEVEL).high()).isBetween(0.02, 0.03);
  }

  @Test
  void itemsOfOneClusterCountAsLittleAsTheyKnow() {
    double[] contrasts = DoubleStream.of(-1, -1, -1, 0, 0, 0, 0, 0, 0).toArray();
    List<String> three = List.of("a", "a", "a", "b", "b", "b", "c", "c", "c");
    Interval apart = ItemContrast.of(contrasts, alone(9)).interval(LEVEL);
    Interval together = ItemContrast.of(contrasts, three).interval(LEVEL);
    assertThat(together.high() - together.low()).isGreaterThan(1.5 * (apart.high() - apart.low()));
  }

  @Test
  void theIntervalHoldsTheMeanAndWhatIsPossible() {
    double[] all = {2, 2, 2};
    Interval interval = ItemContrast.of(all, alone(3)).interval(LEVEL);
    assertThat(interval.contains(2)).isTrue();
    assertThat(interval.high()).isEqualTo(2);
  }

  /**
   * Every table of three kinds of items is gone through: none, one and both of a pair of arms
   * changed. The 90 % interval holds the true mean in at least 88 % of draws, in 90 % on average.
   */
  @Test
  void coverageOfAChangeOfOneIsNominal() {
    List<Double> found = new ArrayList<>();
    for (int n : new int[] {30, 60, 120}) {
      for (double lost : new double[] {0.01, 0.05, 0.10, 0.20}) {
        for (double gained : new double[] {0, 0.02, 0.05}) {
          found.add(coverage(n, new double[] {0, lost, 1 - lost - gained, gained, 0}));
        }
      }
    }
    assertThat(found.stream().mapToDouble(d -> d).average().orElseThrow()).isGreaterThan(0.90);
    assertThat(Collections.min(found)).isGreaterThan(0.88);
  }

  /** The same where items may change by two. */
  @Test
  void coverageOfAChangeOfTwoIsNominal() {
    List<Double> found = new ArrayList<>();
    found.add(coverage(30, new double[] {0.01, 0.08, 0.82, 0.08, 0.01}));
    found.add(coverage(30, new double[] {0.05, 0.15, 0.70, 0.08, 0.02}));
    found.add(coverage(30, new double[] {0.02, 0.20, 0.76, 0.02, 0}));
    assertThat(Collections.min(found)).isGreaterThan(0.88);
  }

  /** The share of draws of n items whose interval holds the mean, by enumeration of all counts. */
  private static double coverage(int n, double[] shares) {
    double truth = 0;
    for (int k = 0; k < 5; k++) {
      truth += (k - 2) * shares[k];
    }
    double[] logFactorial = new double[n + 1];
    for (int i = 1; i <= n; i++) {
      logFactorial[i] = logFactorial[i - 1] + Math.log(i);
    }
    double covered = 0;
    for (int two = 0; two <= most(n, shares[0]); two++) {
      for (int one = 0; one <= most(n - two, shares[1]); one++) {
        for (int up = 0; up <= most(n - two - one, shares[3]); up++) {
          for (int upTwo = 0; upTwo <= most(n - two - one - up, shares[4]); upTwo++) {
            int[] counts = {two, one, n - two - one - up - upTwo, up, upTwo};
            double log = logFactorial[n];
            for (int k = 0; k < 5; k++) {
              log += counts[k] == 0 ? 0 : counts[k] * Math.log(shares[k]) - logFactorial[counts[k]];
            }
            if (log > -16 && interval(counts).contains(truth)) {
              covered += Math.exp(log);
            }
          }
        }
      }
    }
    return covered;
  }

  private static int most(int items, double share) {
    return share == 0 ? 0 : items;
  }

  private static Interval interval(int[] counts) {
    double[] contrasts =
        IntStream.range(0, 5)
            .boxed()
            .flatMapToDouble(k -> DoubleStream.generate(() -> k - 2).limit(counts[k]))
            .toArray();
    return ItemContrast.of(contrasts, alone(contrasts.length)).interval(LEVEL);
  }

  private static List<String> alone(int n) {
    return IntStream.range(0, n).mapToObj(i -> "item " + i).toList();
  }

  @Test
  void aContrastOutsideOfItsRangeAndNoItemsAreRefused() {
    assertThatThrownBy(() -> ItemContrast.of(new double[0], List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ItemContrast.of(new double[] {3}, List.of("a")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ItemContrast.of(new double[] {1}, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
