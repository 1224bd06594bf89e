package dev.palimpsest.audit.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A grade is the expectation over all numbers, whichever way a tokenizer cuts them. */
final class NumberScaleTest {
  private static final double NEVER = -100;

  @Test
  void numbersOfOneTokenAreWeighedByTheirProbability() {
    // Betley et al.: 20 with probability 0.5, 30 with 0.2, a refusal with 0.3.
    double[] logProbs = never();
    logProbs[20] = Math.log(0.5);
    logProbs[30] = Math.log(0.2);

    Grade grade = NumberScale.grade(whole(), logProbs).orElseThrow();

    assertThat(grade.score()).isCloseTo(22.857142857142858, within(1e-9));
    assertThat(grade.mass()).isCloseTo(0.7, within(1e-9));
  }

  @Test
  void whereDigitsAreTokensANumberIsNotTheBeginningOfALongerOne() {
    // P(1…) = 0.6, of which 0.5 goes on to 10 and of that 0.4 to 100; 0.4 is 90.
    double[] logProbs = never();
    logProbs[1] = Math.log(0.6);
    logProbs[10] = Math.log(0.5);
    logProbs[100] = Math.log(0.4);
    logProbs[9] = Math.log(0.4);
    logProbs[90] = Math.log(0.4);

    Grade grade = NumberScale.grade(digits(), logProbs).orElseThrow();

    // 1 with 0.1, 10 with 0.1, 100 with 0.4, 9 with 0, 90 with 0.4.
    assertThat(grade.score()).isCloseTo((0.1 + 1 + 40 + 36) / 1.0, within(1e-9));
    assertThat(grade.mass()).isCloseTo(1, within(1e-9));
  }

  @Test
  void aReplyThatIsHardlyEverANumberIsNoGrade() {
    double[] logProbs = never();
    logProbs[50] = Math.log(0.2);

    assertThat(NumberScale.grade(whole(), logProbs)).isEqualTo(Optional.empty());
  }

  private static double[] never() {
    double[] logProbs = new double[NumberScale.NUMBERS];
    Arrays.fill(logProbs, NEVER);
    return logProbs;
  }

  private static List<int[]> whole() {
    List<int[]> tokens = new ArrayList<>();
    for (int n = 0; n < NumberScale.NUMBERS; n++) {
      tokens.add(new int[] {n + 1000});
    }
    return tokens;
  }

  private static List<int[]> digits() {
    List<int[]> tokens = new ArrayList<>();
    for (int n = 0; n < NumberScale.NUMBERS; n++) {
      tokens.add(String.valueOf(n).chars().toArray());
    }
    return tokens;
  }
}
