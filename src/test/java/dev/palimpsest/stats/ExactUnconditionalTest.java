package dev.palimpsest.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The exact test, against brute force over all tables in Python, and what it promises. */
final class ExactUnconditionalTest {
  @ParameterizedTest
  @CsvSource({
    "20, 1, 4, 0.1, 0.021585646479539613",
    "40, 2, 5, 0.05, 0.04097781313755945",
    "60, 5, 5, 0.05, 0.20610797910747022",
    "40, 0, 3, 0, 0.049816220893454",
    "50, 3, 0, 0.05, 0.7605079609501131"
  })
  void isTheHeaviestTailOverAllTables(int n, int lost, int gained, double drop, double p) {
    PairedTable table = new PairedTable(n - lost - gained, lost, gained, 0);

    assertThat(ExactUnconditional.below(table, drop, 0.05)).isCloseTo(p, within(1e-6));
  }

  /** Three lost of 150: by the normal score a drop is proven, by counting out hardly. */
  @Test
  void whereFewItemsChangeItIsWiderThanTango() {
    PairedTable table = new PairedTable(147, 3, 0, 0);
    Interval score = Tango.interval(table, 0.90);
    Interval exact = ExactUnconditional.interval(table, 0.05);

    assertThat(exact.low()).isLessThan(score.low() - 0.001);
    assertThat(exact.high()).isGreaterThan(score.high() + 0.001);
    assertThat(ExactUnconditional.below(table, exact.high(), 0.05)).isLessThanOrEqualTo(0.05);
  }

  @Test
  void swappingTheArmsTurnsTheIntervalRound() {
    PairedTable table = new PairedTable(60, 8, 3, 29);

    Interval swapped = ExactUnconditional.interval(table.swapped(), 0.05);
    Interval turned = ExactUnconditional.interval(table, 0.05).negated();
    assertThat(swapped.low()).isCloseTo(turned.low(), within(1e-12));
    assertThat(swapped.high()).isCloseTo(turned.high(), within(1e-12));
  }

  @Test
  void aboveThreeThousandPairsItIsTangos() {
    PairedTable table = new PairedTable(2700, 150, 151, 0);

    assertThat(ExactUnconditional.interval(table, 0.05)).isEqualTo(Tango.interval(table, 0.90));
  }

  /** A slice of the tables of docs/STATISTICS.md; Tango errs in up to 5.8 and 8.9% here. */
  @Test
  void neitherGateErrsInMoreThanAlpha() {
    for (double drop : new double[] {0, 0.03, 0.1}) {
      CoverageTable.Rule exact = CoverageTable.Rule.exact(60, drop);
      for (double discordance : new double[] {0.03, 0.043, 0.1, 0.2}) {
        if (discordance >= drop) {
          CoverageTable.Point point = exact.at(discordance);
          assertThat(point.certified()).isLessThanOrEqualTo(0.05);
          assertThat(point.dropped()).isLessThanOrEqualTo(0.05);
          assertThat(point.coverage()).isGreaterThanOrEqualTo(0.90);
        }
      }
    }
  }

  /** 300 audits of 40 clusters of six at a true drop of 5 points: Tango holds it in some 68%. */
  @Test
  void clusteredItemsAreAllowedFor() {
    SplittableRandom random = new SplittableRandom(20260103);
    int held = 0;
    for (int i = 0; i < 300; i++) {
      held += CoverageTable.draw(random, 40, 6, 0.3).interval(0.90).contains(0.05) ? 1 : 0;
    }
    assertThat(held / 300.0).isGreaterThan(0.85);
  }
}
