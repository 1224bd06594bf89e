package dev.palimpsest.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the interval promises, tried on audits drawn with a known true drop. */
final class TangoCoverageTest {
  private static final int AUDITS = 4000;

  /**
   * The standard error of a share of 4,000 audits is 0.5 points; the bound allows 2 of them and the
   * one point by which a score interval may fall short at these sizes.
   */
  private static final double SLACK = 0.02;

  @ParameterizedTest
  @CsvSource({
    "100, 0.00, 0.05", "100, 0.00, 0.20", "100, 0.05, 0.10", "100, 0.15, 0.30",
    "200, 0.00, 0.10", "200, 0.05, 0.10", "200, 0.30, 0.40", "500, 0.05, 0.10"
  })
  void ninetyPercentIntervalsHoldTheTrueDropInNinetyPercentOfAudits(
      int n, double drop, double discordance) {
    SplittableRandom random = new SplittableRandom(20260101);
    int held = 0;
    for (int i = 0; i < AUDITS; i++) {
      if (Tango.interval(draw(random, n, drop, discordance), 0.90).contains(drop)) {
        held++;
      }
    }
    assertThat((double) held / AUDITS).isGreaterThan(0.90 - SLACK);
  }

  @ParameterizedTest
  @CsvSource({"100, 0.05, 0.10", "200, 0.05, 0.10", "200, 0.03, 0.20", "500, 0.05, 0.05"})
  void aDropAsLargeAsTheMarginIsCertifiedInAtMostFivePercentOfAudits(
      int n, double margin, double discordance) {
    SplittableRandom random = new SplittableRandom(20260102);
    int certified = 0;
    for (int i = 0; i < AUDITS; i++) {
      if (Tango.interval(draw(random, n, margin, discordance), 0.90).high() < margin) {
        certified++;
      }
    }
    assertThat((double) certified / AUDITS).isLessThan(0.05 + SLACK);
  }

  private static PairedTable draw(SplittableRandom random, int n, double drop, double discordance) {
    double loss = (discordance + drop) / 2;
    double gain = (discordance - drop) / 2;
    int lost = 0;
    int gained = 0;
    for (int i = 0; i < n; i++) {
      double u = random.nextDouble();
      if (u < loss) {
        lost++;
      } else if (u < loss + gain) {
        gained++;
      }
    }
    return new PairedTable(n - lost - gained, lost, gained, 0);
  }
}
