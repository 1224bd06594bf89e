package dev.palimpsest.audit.behaviour;

import dev.palimpsest.audit.Outcome;
import dev.palimpsest.audit.PairedOutcome;
import dev.palimpsest.stats.Interval;
import dev.palimpsest.stats.PairedT;
import dev.palimpsest.suite.Evidence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Whether the probability that a model gives its picks is the share of them that is right.
 *
 * <p>The Brier score is the mean of (1 − p)² over the probability p of the right choice among the
 * given ones (G. W. Brier, Monthly Weather Review 78 (1950) 1–3, for one class). The expected
 * calibration error is Σ_b n_b/n · |share right − mean probability of the pick| over ten bins of
 * that probability (Naeini et al., AAAI 2015).
 */
public final class Calibration {
  private static final int BINS = 10;

  private final List<Evidence.Choice> base = new ArrayList<>();
  private final List<Evidence.Choice> tuned = new ArrayList<>();

  /** A figure by arm, and the interval of its change; null where there is none. */
  public record Figure(double base, double tuned, Interval change) {}

  /** Adds the picks of a pair, if both were scored. */
  public void add(PairedOutcome pair) {
    if (isPicked(pair.base()) && isPicked(pair.tuned())) {
      base.add((Evidence.Choice) pair.base().evidence());
      tuned.add((Evidence.Choice) pair.tuned().evidence());
    }
  }

  private static boolean isPicked(Outcome outcome) {
    return outcome.state() == Outcome.State.SCORED
        && outcome.evidence() instanceof Evidence.Choice choice
        && !Double.isNaN(choice.figure("p_answer"));
  }

  /** Returns the Brier score, with a paired t interval of its change. */
  public Optional<Figure> brier(double level) {
    if (base.size() < 2) {
      return Optional.empty();
    }
    double[] before = losses(base);
    double[] after = losses(tuned);
    double[] deltas = new double[before.length];
    Arrays.setAll(deltas, i -> after[i] - before[i]);
    return Optional.of(new Figure(mean(before), mean(after), PairedT.of(deltas).interval(level)));
  }

  /** Returns the expected calibration error. */
  public Optional<Figure> expectedError() {
    return base.isEmpty()
        ? Optional.empty()
        : Optional.of(new Figure(expectedError(base), expectedError(tuned), null));
  }

  private static double[] losses(List<Evidence.Choice> picks) {
    return picks.stream().mapToDouble(pick -> Math.pow(1 - pick.figure("p_answer"), 2)).toArray();
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(0);
  }

  private static double expectedError(List<Evidence.Choice> picks) {
    double[] right = new double[BINS];
    double[] claimed = new double[BINS];
    for (Evidence.Choice pick : picks) {
      double probability = probabilityOfPick(pick);
      int bin = Math.min(BINS - 1, (int) (probability * BINS));
      right[bin] += pick.picked() == pick.answer() ? 1 : 0;
      claimed[bin] += probability;
    }
    double error = 0;
    for (int bin = 0; bin < BINS; bin++) {
      error += Math.abs(right[bin] - claimed[bin]);
    }
    return error / picks.size();
  }

  private static double probabilityOfPick(Evidence.Choice pick) {
    List<Double> logs = pick.logProbs();
    double best = logs.get(pick.picked());
    double sum = logs.stream().mapToDouble(log -> Math.exp(log - best)).sum();
    return 1 / sum;
  }
}
