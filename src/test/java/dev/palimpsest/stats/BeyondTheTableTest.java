package dev.palimpsest.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is read off a table beside its interval: guessing, noise, rare events, a fixed suite. */
final class BeyondTheTableTest {
  /** By hand, after arXiv:2510.17776: k = 4 and a, b, c, d = 600, 120, 60, 220. */
  @Test
  void lossAndGainBeyondGuessing() {
    LossAndGain found = LossAndGain.of(new PairedTable(600, 120, 60, 220), 0.25);

    assertThat(found.loss()).isCloseTo(0.120, within(1e-12));
    assertThat(found.byChance()).isCloseTo(0.28 * 0.34 / 3, within(1e-12));
    assertThat(found.trueLoss()).isCloseTo(0.0883, within(5e-5));
    assertThat(found.trueGain()).isCloseTo(0.0283, within(5e-5));
    assertThat(found.mostLoss()).isCloseTo(0.6267, within(5e-5));
    assertThat(found.forgotten()).isCloseTo(0.0622, within(5e-5));
    assertThat(found.learned()).isCloseTo(-0.0178, within(5e-5));
    assertThat(found.learned() - found.forgotten()).isCloseTo(-0.06 * 4 / 3, within(1e-12));
    assertThat(found.guessesGoTogether()).isTrue();
  }

  @Test
  void twoGuessersOfTwoChoicesLoseAQuarterByChance() {
    LossAndGain found = LossAndGain.of(new PairedTable(25, 25, 25, 25), 0.5);

    assertThat(found.byChance()).isEqualTo(0.25);
    assertThat(found.trueLoss()).isZero();
    assertThat(found.mostLoss()).isZero();
  }

  /** 0.30 to 0.27 of four choices is a tenth, and three fifths of what is above guessing. */
  @Test
  void aMarginLetsGoAShareOfTheSkillAboveGuessing() {
    assertThat(LossAndGain.shareOfSkill(0.03, 0.30, 0.25)).isCloseTo(0.6, within(1e-12));
    assertThat(LossAndGain.shareOfSkill(0.03, 0.30, 0)).isCloseTo(0.1, within(1e-12));
    assertThat(LossAndGain.shareOfSkill(0.03, 0.25, 0.25)).isNaN();
    assertThatThrownBy(() -> LossAndGain.of(new PairedTable(0, 0, 0, 0), 0.25))
        .hasMessageContaining("0 pairs");
  }

  /** statsmodels 0.15, confint_proportions_2indep(40, 500, 15, 480, "newcomb", alpha=0.1). */
  @Test
  void flipsBeyondThoseOfTheBaseAgainstItself() {
    ExcessFlips found = ExcessFlips.of(40, 500, 15, 480, 0.90);

    assertThat(found.excess()).isCloseTo(0.04875, within(1e-12));
    assertThat(found.interval().low()).isCloseTo(0.024894394579710506, within(1e-6));
    assertThat(found.interval().high()).isCloseTo(0.07345925466722743, within(1e-6));
    assertThat(found.isProven()).isTrue();
    assertThat(ExcessFlips.of(15, 500, 15, 480, 0.90).isProven()).isFalse();
  }

  @Test
  void severalAnswersToOnePromptAreOneTrial() {
    assertThat(RareEvents.upper(Collections.nCopies(100, 0), 0.05))
        .isCloseTo(1 - Math.pow(0.05, 0.01), within(1e-9));
    assertThat(RareEvents.upper(List.of(0, 0, 5, 0), 0.05))
        .isEqualTo(ClopperPearson.upper(1, 4, 0.05));
    assertThat(RareEvents.promptsNeeded(0.01, 0.05)).isEqualTo(299);
    assertThat(RareEvents.promptsNeeded(0.005, 0.05)).isEqualTo(598);
  }

  /** scipy.stats.binomtest(3, 240).proportion_ci(0.9, "exact"). */
  @Test
  void theExactIntervalOfARareEvent() {
    Interval interval = ClopperPearson.interval(3, 240, 0.90);

    assertThat(interval.low()).isCloseTo(0.0034154811023162025, within(1e-9));
    assertThat(interval.high()).isCloseTo(0.031988199754039236, within(1e-9));
  }

  @Test
  void unchangedIsProvenBothWays() {
    Equivalence found = Equivalence.of(new PairedTable(640, 52, 30, 278), 0.05);

    assertThat(found.p()).isEqualTo(found.pNotWorse()).isCloseTo(0.0019, within(5e-5));
    assertThat(Equivalence.of(new PairedTable(70, 5, 5, 20), 0.05).p()).isGreaterThan(0.05);
  }

  @Test
  void aSuiteThatRanWholeLeavesNoiseAlone() {
    Interval sampling = new Interval(-0.05, 0.01);

    assertThat(FixedSuite.factor(100, 400)).isCloseTo(Math.sqrt(0.75), within(1e-12));
    assertThat(FixedSuite.interval(-0.02, sampling, FixedSuite.factor(400, 400), 0))
        .isEqualTo(new Interval(-0.02, -0.02));
    assertThat(FixedSuite.noise(0.90, 0.04, 400)).isCloseTo(0.016449, within(1e-6));
    assertThat(FixedSuite.interval(-0.02, sampling, 0.5, 0.02).low())
        .isCloseTo(-0.02 - Math.hypot(0.015, 0.02), within(1e-12));
    assertThatThrownBy(() -> FixedSuite.factor(5, 4)).hasMessageContaining("5 items ran");
  }
}
