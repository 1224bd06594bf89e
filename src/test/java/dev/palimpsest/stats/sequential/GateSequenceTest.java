package dev.palimpsest.stats.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.palimpsest.stats.Interval;
import dev.palimpsest.stats.sequential.EarlyDecisionSimulation.Population;
import dev.palimpsest.stats.sequential.EarlyDecisionSimulation.Summary;
import dev.palimpsest.stats.sequential.EarlyDecisionSimulation.Way;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Gates that may be decided at any item. */
final class GateSequenceTest {
  private static final Population REPLAY =
      new Population("replay, knowledge", .33, .22, .13, .13, .02, 0);

  private static List<WeightedChange> changes(int unchanged, int lost, int gained) {
    List<WeightedChange> changes = new ArrayList<>();
    for (int i = 0; i < unchanged + lost + gained; i++) {
      changes.add(WeightedChange.plain(i < unchanged ? 0 : i < unchanged + lost ? 1 : -1));
    }
    return changes;
  }

  @Test
  void oneBetMultipliesItsOdds() {
    // λ = 0.5 at δ = 0.05 stakes f = λ (1 − δ): 1.025^180 · 0.525^6 · 1.525^4 = 9.646.
    EProcess evidence = EProcess.smallerThan(0.05, Bets.single(0.475));
    changes(180, 6, 4).forEach(evidence::see);
    assertThat(Math.exp(evidence.logValue())).isCloseTo(9.646, within(5e-4));
  }

  @Test
  void evidenceOfHarmIsThatOfGainsTurnedRound() {
    EProcess harm = EProcess.largerThan(0.05, Bets.single(0.4));
    changes(0, 10, 0).forEach(harm::see);
    assertThat(harm.logValue()).isCloseTo(10 * Math.log1p(0.4 * 0.95 / 1.05), within(1e-12));
  }

  @Test
  void theMoreDropIsSupposedTheMoreSpeaksAgainstIt() {
    double before = Double.NEGATIVE_INFINITY;
    for (double drop = -0.9; drop < 0.95; drop += 0.1) {
      EProcess evidence = EProcess.smallerThan(drop, Bets.onCertificate(0.05));
      changes(60, 3, 2).forEach(evidence::see);
      assertThat(evidence.logValue()).isGreaterThan(before);
      before = evidence.logValue();
    }
  }

  @Test
  void aGateIsCertifiedWhereNothingChangesAndFailsWhereMuchIsLost() {
    GateSequence kept = new GateSequence(0.05, 0.05, 1);
    while (kept.decision() == GateSequence.Decision.OPEN) {
      kept.see(Double.NaN, 0);
    }
    assertThat(kept.decision()).isEqualTo(GateSequence.Decision.CERTIFIED);
    // No method can do with fewer than 59: 0.95^58 > 0.05.
    assertThat(kept.asked()).isBetween(59, 110);
    assertThat(kept.certificateValue()).isGreaterThanOrEqualTo(20);
    assertThat(kept.interval().high()).isLessThan(0.05);

    GateSequence broken = new GateSequence(0.05, 0.05, 1);
    for (int i = 0; broken.decision() == GateSequence.Decision.OPEN; i++) {
      broken.see(Double.NaN, i % 2);
    }
    assertThat(broken.decision()).isEqualTo(GateSequence.Decision.HARM);
    assertThat(broken.asked()).isLessThan(32);
    assertThat(broken.drop()).isCloseTo(0.5, within(0.05));
    assertThat(broken.interval().low()).isGreaterThan(0.05);
    assertThatThrownBy(() -> broken.see(Double.NaN, 0)).hasMessage("the gate is decided");
  }

  @Test
  void theConfidenceSequenceHoldsTheTruthAndTheEstimateLiesInIt() {
    SplittableRandom random = new SplittableRandom(3);
    int held = 0;
    for (int run = 0; run < 60; run++) {
      GateSequence gate = new GateSequence(0.05, 0.05, 0);
      while (gate.decision() == GateSequence.Decision.OPEN && gate.seen() < 150) {
        double u = random.nextDouble();
        gate.see(Double.NaN, u < 0.10 ? 1 : u < 0.14 ? -1 : 0);
      }
      Interval interval = gate.interval();
      assertThat(interval.contains(gate.drop())).isTrue();
      held += interval.contains(0.06) ? 1 : 0;
    }
    assertThat(held).isGreaterThanOrEqualTo(54);
  }

  @Test
  void theRuleChangesBetweenBlocksOnlyAndFollowsWhereAnswersFlip() {
    GateSequence gate = new GateSequence(0.03, 0.05, 0);
    List<SamplingRule> rules = new ArrayList<>();
    for (int i = 0; i < 96; i++) {
      rules.add(gate.rule());
      double margin = i % 6 + 0.5;
      gate.see(margin, margin < 1 ? (i % 4 == 0 ? 1 : -1) * (i % 3 == 0 ? 1 : 0) : 0);
    }
    assertThat(rules.subList(0, 32)).containsOnly(SamplingRule.PLAIN);
    for (int i = 1; i < rules.size(); i++) {
      if (i % GateSequence.BLOCK != 0) {
        assertThat(rules.get(i)).isSameAs(rules.get(i - 1));
      }
    }
    assertThat(gate.rule().guides()).isTrue();
    assertThat(gate.rule().probability(-0.5)).isEqualTo(1);
    assertThat(gate.rule().probability(5.5)).isBetween(0.15, 0.5);
    assertThat(gate.rule().probability(Double.NaN)).isEqualTo(1);
  }

  @Test
  void whereFlipsDoNotDependOnTheMarginEverythingIsAsked() {
    GateSequence gate = new GateSequence(0.03, 0.05, 0);
    for (int i = 0; i < 128; i++) {
      gate.see(i % 6 + 0.5, (i / 6) % 5 == 0 ? (i % 2 == 0 ? 1 : -1) : 0);
    }
    assertThat(gate.rule().guides()).isFalse();
  }

  @Test
  void aTuneOnTheMarginIsCertifiedNoOftenerThanItMay() {
    for (Way way : List.of(Way.PLAIN, Way.GUIDED_BASE_KEPT)) {
      Summary summary = Summary.of(REPLAY, 0.05, 0.05, way, 150, 500);
      assertThat(summary.certified()).isLessThanOrEqualTo(0.06);
      assertThat(summary.harm()).isLessThanOrEqualTo(0.06);
    }
  }

  @Test
  void aTuneThatLostNothingIsDecidedAndSoonerByTheMargin() {
    Population tone = new Population("tone, knowledge", .33, .13, 0, 0, 0, 0);
    Summary plain = Summary.of(tone, 0, 0.03, Way.PLAIN, 60, 6000);
    Summary guided = Summary.of(tone, 0, 0.03, Way.GUIDED_BASE_KEPT, 60, 6000);
    assertThat(plain.certified()).isGreaterThan(0.95);
    assertThat(guided.certified()).isGreaterThan(0.95);
    assertThat(plain.asked() / guided.asked()).isGreaterThan(1.3);
    // Tango's gate takes 553 items for a power of 80%.
    assertThat(guided.asked()).isLessThan(553);
  }

  @Test
  void itIsKnownBeforehandHowManyItemsAreToBeExpected() {
    ExpectedItems usual = ExpectedItems.of(0.05, 0.05, 0.10, 5000);
    assertThat(usual.items()).isBetween(240.0, 340.0);
    assertThat(usual.certified()).isGreaterThan(0.99);
    ExpectedItems few = ExpectedItems.of(0.05, 0.05, 0.10, 56);
    assertThat(few.certified()).isLessThan(0.15);
    assertThat(few.items()).isBetween(50.0, 56.0);
    assertThat(ExpectedItems.smallestMargin(0.05, 0.10, 500, 0.8)).isBetween(0.03, 0.06);
  }
}
