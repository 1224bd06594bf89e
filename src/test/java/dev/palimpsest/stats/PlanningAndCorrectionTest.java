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

  /** P(certified) by summing the trinomial in another program, for margins of five points. */
  @ParameterizedTest(name = "{0} items of which {1} change sides certify 5 points with {2}")
  @CsvSource({
    "252, 0.02, 0.997",
    "252, 0.05, 0.943",
    "252, 0.10, 0.785",
    "252, 0.20, 0.544",
    "275, 0.05, 0.961",
    "275, 0.10, 0.818",
    "173, 0.05, 0.833",
    "173, 0.10, 0.634",
    "363, 0.05, 0.989",
    "363, 0.10, 0.902",
    "124, 0.05, 0.714",
    "100, 0.02, 0.789",
    "100, 0.05, 0.584",
    "100, 0.10, 0.436",
    "100, 0.20, 0.289"
  })
  void theChanceOfACertificateWhereNothingWasLost(int n, double discordance, double chance) {
    assertThat(plan.chance(n, 0.05, discordance, 0)).isCloseTo(chance, within(5e-4));
  }

  @Test
  void theChanceIsTheSumOverAllTablesThatCertify() {
    double level = 1 - 2 * plan.alpha();
    double psi = 0.3;
    double drop = 0.06;
    double certified = 0;
    double failed = 0;
    int n = 30;
    for (int lost = 0; lost <= n; lost++) {
      for (int gained = 0; gained <= n - lost; gained++) {
        Interval interval =
            Tango.interval(new PairedTable(0, lost, gained, n - lost - gained), level);
        double weight = trinomial(n, lost, (psi + drop) / 2, gained, (psi - drop) / 2);
        certified += interval.high() < 0.20 ? weight : 0;
        failed += interval.low() > 0.01 ? weight : 0;
      }
    }

    assertThat(plan.chance(n, 0.20, psi, drop)).isCloseTo(certified, within(1e-9));
    assertThat(plan.chance(n, 0.01, psi, drop)).isCloseTo(failed, within(1e-9));
  }

  private static double trinomial(int n, int first, double p, int second, double q) {
    double log = 0;
    for (int i = 0; i < first; i++) {
      log += Math.log((n - i) * p / (i + 1));
    }
    for (int i = 0; i < second; i++) {
      log += Math.log((n - first - i) * q / (i + 1));
    }
    return Math.exp(log + (n - first - second) * Math.log1p(-p - q));
  }

  @Test
  void aHundredAndTwentyFourItemsAreNotEnoughForFivePoints() {
    assertThat(plan.itemsNeeded(0.05, 0.05, 0)).isEqualTo(158);
    assertThat(plan.chance(157, 0.05, 0.05, 0)).isLessThan(0.80);
  }

  @ParameterizedTest
  @CsvSource({"0.05, 0.10", "0.05, 0.20", "0.03, 0.05", "0.03, 0.10", "0.02, 0.10", "0.12, 0.30"})
  void fromTheItemsNeededOnTheChanceStays(double margin, double discordance) {
    int needed = plan.itemsNeeded(margin, discordance, 0);

    assertThat(plan.chance(needed - 1, margin, discordance, 0)).isLessThan(0.80);
    for (int more = 0; more < 120; more++) {
      assertThat(plan.chance(needed + more, margin, discordance, 0)).isGreaterThanOrEqualTo(0.80);
    }
  }

  @Test
  void aSmallTrueDropCostsMoreThanTwiceTheItems() {
    assertThat(plan.itemsNeeded(0.03, 0.10, 0.01))
        .isGreaterThan(2 * plan.itemsNeeded(0.03, 0.10, 0));
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

    assertThat(each.itemsNeeded(0.03, 0.10, 0) / (double) plan.itemsNeeded(0.03, 0.10, 0))
        .isBetween(1.9, 2.2);
  }

  @ParameterizedTest
  @CsvSource({"100, 0.087", "400, 0.041", "1000, 0.026"})
  void smallestCertifiableMarginAtTenPercentDiscordance(int n, double margin) {
    assertThat(plan.smallestMargin(n, 0.10)).isEqualTo(margin);
  }

  @Test
  void theSmallestMarginIsTheFirstTenthOfAPointThatHasTheChance() {
    double smallest = plan.smallestMargin(100, 0.10);

    assertThat(plan.chance(100, smallest, 0.10, 0)).isGreaterThanOrEqualTo(0.80);
    assertThat(plan.chance(100, smallest - 0.001, 0.10, 0)).isLessThan(0.80);
  }

  /** A page plans again with every click: counting is bounded, and what was counted is kept. */
  @Test
  void aChanceTakesFewScoreTestsAndIsNotCountedTwice() {
    GateChance chance = new GateChance();
    GateChance.Question question = new GateChance.Question(2000, 0.05, 0.05, 0.20, 0);

    double first = chance.of(question);
    long tests = chance.scoreTests();
    double second = chance.of(question);

    assertThat(tests).isLessThan(1500);
    assertThat(second).isEqualTo(first);
    assertThat(chance.scoreTests()).isEqualTo(tests);
  }

  @Test
  void noNumberOfAgreementsCertifiesAMarginOfZero() {
    assertThat(plan.smallestMargin(100, 0)).isEqualTo(0.027);
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
