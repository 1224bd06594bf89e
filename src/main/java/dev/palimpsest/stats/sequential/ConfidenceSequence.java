package dev.palimpsest.stats.sequential;

import dev.palimpsest.stats.Interval;
import java.util.List;

/**
 * Every drop that a sequence has not spoken against so far: it holds the true one at all items
 * together with probability 1 − 2α, one side missing it with α each. It is the inversion of {@link
 * EProcess}; as that rises with the drop, each end is found by bisection.
 */
final class ConfidenceSequence {
  /** An end is found to a hundredth of a point's hundredth. */
  private static final double PRECISION = 1e-6;

  private final List<WeightedChange> seen;
  private final double logLevel;
  private final Bets certificate;
  private final Bets harm;

  /**
   * @param seen in order
   * @param alpha of each side
   * @param margin that the bets were laid out for
   */
  ConfidenceSequence(List<WeightedChange> seen, double alpha, double margin) {
    this.seen = seen;
    this.logLevel = -Math.log(alpha);
    this.certificate = Bets.onCertificate(margin);
    this.harm = Bets.onHarm();
  }

  /** Returns the ends; [−1, 1] before anything is excluded. */
  Interval interval() {
    double high = upper();
    double low = lower();
    // Either side may exclude the other's end only where one of the two errs.
    return new Interval(Math.min(low, high), Math.max(low, high));
  }

  private double upper() {
    double kept = -1;
    double excluded = 1;
    while (excluded - kept > PRECISION) {
      double middle = (kept + excluded) / 2;
      if (excludes(EProcess.smallerThan(middle, certificate))) {
        excluded = middle;
      } else {
        kept = middle;
      }
    }
    return excluded;
  }

  private double lower() {
    double excluded = -1;
    double kept = 1;
    while (kept - excluded > PRECISION) {
      double middle = (kept + excluded) / 2;
      if (excludes(EProcess.largerThan(middle, harm))) {
        excluded = middle;
      } else {
        kept = middle;
      }
    }
    return excluded;
  }

  private boolean excludes(EProcess evidence) {
    for (WeightedChange change : seen) {
      evidence.see(change);
      if (evidence.logPeak() >= logLevel) {
        return true;
      }
    }
    return false;
  }
}
