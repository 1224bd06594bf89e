package dev.palimpsest.audit.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.palimpsest.audit.Outcome;
import dev.palimpsest.audit.PairedOutcome;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Four items of two choices; the right one is the first. */
final class CalibrationTest {
  @Test
  void scoresWhatTheRightChoiceWasGiven() {
    Calibration calibration = new Calibration();
    double[] base = {0.9, 0.8, 0.4, 0.7};
    double[] tuned = {0.9, 0.9, 0.1, 0.9};
    for (int i = 0; i < 4; i++) {
      calibration.add(new PairedOutcome(outcome(i, "base", base[i]), outcome(i, "t", tuned[i])));
    }

    Calibration.Figure brier = calibration.brier(0.90).orElseThrow();
    assertThat(brier.base()).isEqualTo((0.01 + 0.04 + 0.36 + 0.09) / 4, within(1e-12));
    assertThat(brier.tuned()).isEqualTo((0.01 + 0.01 + 0.81 + 0.01) / 4, within(1e-12));

    // Base: bins .9, .8 and .7 are right once each, and .6 is wrong once.
    Calibration.Figure error = calibration.expectedError().orElseThrow();
    assertThat(error.base()).isEqualTo((0.1 + 0.2 + 0.3 + 0.6) / 4, within(1e-9));
    // Tuned: four picks at .9, of which three are right.
    assertThat(error.tuned()).isEqualTo(Math.abs(3 - 4 * 0.9) / 4, within(1e-9));
  }

  private static Outcome outcome(int i, String arm, double right) {
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("picked", right > 0.5 ? 0.0 : 1.0);
    figures.put("answer", 0.0);
    figures.put("p_answer", right);
    figures.put("logprob_0", Math.log(right));
    figures.put("logprob_1", Math.log(1 - right));
    return new Outcome(
        "calibration", "c-" + i, arm, Outcome.State.SCORED, 1, "p", "true", "true", "", figures);
  }
}
