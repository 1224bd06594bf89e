package dev.palimpsest.audit.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.stats.Interval;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class VerdictGrammarTest {
  @ParameterizedTest(name = "a drop in [{0}, {1}] at a margin of {2} is {3}")
  @CsvSource({
    // drop from, to, margin, verdict
    "-0.02,  0.04, 0.05, CERTIFIED",
    " 0.00,  0.04, 0.05, CERTIFIED",
    "-0.04,  0.00, 0.05, CERTIFIED",
    " 0.01,  0.04, 0.05, CERTIFIED_WITH_REGRESSION",
    "-0.06, -0.01, 0.05, IMPROVED",
    "-0.02,  0.05, 0.05, INCONCLUSIVE",
    "-0.02,  0.08, 0.05, INCONCLUSIVE",
    " 0.00,  0.08, 0.05, INCONCLUSIVE",
    " 0.02,  0.08, 0.05, REGRESSED",
    " 0.05,  0.08, 0.05, REGRESSED",
    " 0.02,  0.05, 0.05, REGRESSED",
    " 0.06,  0.08, 0.05, FAILED",
    "-1.00,  1.00, 0.05, INCONCLUSIVE"
  })
  void readsTheVerdictOffTheInterval(double low, double high, double margin, Verdict verdict) {
    assertThat(VerdictGrammar.judge(new Interval(low, high), margin, true)).isEqualTo(verdict);
  }

  @Test
  void aGainThatDoesNotHoldOverAllFindingsIsNoMoreThanCertified() {
    assertThat(VerdictGrammar.judge(new Interval(-0.06, -0.01), 0.05, false))
        .isEqualTo(Verdict.CERTIFIED);
  }
}
