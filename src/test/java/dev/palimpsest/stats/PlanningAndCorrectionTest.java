package dev.palimpsest.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sample sizes, smallest margins, Holm, Benjamini–Hochberg and the clustered t. */
final class PlanningAndCorrectionTest {
  private final NonInferiorityPlan plan = NonInferiorityPlan.STANDARD;

  @ParameterizedTest
  @CsvSource({
    "0.02, 0.05, 773", "0.02, 0.10, 1546", "0.02, 0.20, 3092",
    "0.03, 0.05, 344", "0.03, 0.10, 687", "0.03, 0.20, 1374",
    "0.05, 0.05, 124", "0.05, 0.10, 248", "0.05, 0.20, 495"
  })
  void itemsNeededWhereNothingWasLost(double margin, double discordance, int items) {
    assertThat(plan.itemsNeeded(margin, discordance, 0)).isEqualTo(items);
  }

  @Test
  void aSmallTrueDropCostsMoreThanTwiceTheItems() {
    assertThat(plan.itemsNeeded(0.03, 0.10, 0.01)).isEqualTo(1545);
  }

  @Test
  void aTrueDropAtTheMarginIsNeverDecided() {
    assertThat(plan.itemsNeeded(0.03, 0.10, 0.03)).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void evenWithoutChangesAFewItemsAreNeeded() {
    assertThat(plan.itemsNeeded(0.05, 0, 0)).isEqualTo(52);
    assertThat(Tango.interval(new PairedTable(52, 0, 0, 0), 0.90).high()).isLessThan(0.05);
    assertThat(Tango.interval(new PairedTable(51, 0, 0, 0), 0.90).high()).isGreaterThan(0.05);
  }

  @Test
  void eightGatesForEightyPercentTogetherNeedTwiceTheItemsEach() {
    NonInferiorityPlan each = new NonInferiorityPlan(0.05, Math.pow(0.8, 1.0 / 8));

    assertThat(each.itemsNeeded(0.03, 0.10, 0)).isEqualTo(1412);
  }

  @ParameterizedTest
  @CsvSource({"100, 0.079", "400, 0.039", "1000, 0.025"})
  void smallestCertifiableMarginAtTenPercentDiscordance(int n, double margin) {
    assertThat(plan.smallestMargin(n, 0.10)).isCloseTo(margin, within(5e-4));
  }

  @Test
  void noNumberOfAgreementsCertifiesAMarginOfZero() {
    assertThat(plan.smallestMargin(100, 0)).isCloseTo(0.0263, within(5e-5));
  }

  @Test
  void holmAndBenjaminiHochbergOfTheReferenceValues() {
    double[] p = {0.001, 0.012, 0.021, 0.04, 0.30};

    assertThat(Multiplicity.holm(p))
        .containsExactly(new double[] {0.005, 0.048, 0.063, 0.080, 0.30}, within(1e-12));
    assertThat(Multiplicity.benjaminiHochberg(p))
        .containsExactly(new double[] {0.005, 0.03, 0.035, 0.05, 0.30}, within(1e-12));
  }

  @Test
  void adjustedValuesKeepTheOrderTheyCameIn() {
    double[] p = {0.30, 0.001, 0.021};

    assertThat(Multiplicity.holm(p))
        .containsExactly(new double[] {0.30, 0.003, 0.042}, within(1e-12));
  }

  @Test
  void itemsThatMoveTogetherWidenTheError() {
    double[] deltas = {1, 1, 1, 0, 0, 0, 0, -1, 0, 0};
    List<String> clusters = List.of("a", "a", "a", "b", "b", "b", "c", "c", "c", "c");

    assertThat(PairedT.of(deltas).mean()).isCloseTo(0.2, within(1e-12));
    assertThat(PairedT.of(deltas).standardError()).isCloseTo(0.200, within(1e-12));
    assertThat(PairedT.clustered(deltas, clusters).standardError()).isCloseTo(0.3124, within(5e-5));
    assertThat(PairedT.clustered(deltas, clusters).degreesOfFreedom()).isEqualTo(2);
  }

  @Test
  void theIntervalUsesStudentsQuantile() {
    Interval interval = PairedT.of(new double[] {1, 2, 3}).interval(0.90);

    assertThat(interval.high()).isCloseTo(2 + 2.91999 / Math.sqrt(3), within(1e-4));
  }

  @Test
  void oneClusterIsRefused() {
    assertThatThrownBy(() -> PairedT.clustered(new double[] {1, 2}, Collections.nCopies(2, "only")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
