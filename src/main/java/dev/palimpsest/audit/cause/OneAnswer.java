package dev.palimpsest.audit.cause;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * One answer, or very few, to everything that is asked.
 *
 * @param distinct different answers
 * @param answers all of them
 * @param baseDistinct different answers of the base to the same items
 */
record OneAnswer(ArmEvidence.Weights weights, int distinct, int answers, int baseDistinct)
    implements Cause {
  /** Most different answers, as a share of all. */
  private static final double FEW = 0.1;

  static Optional<Cause> of(ArmEvidence evidence) {
    return evidence
        .trait("distinctOutputs")
        .filter(measure -> measure.changeInterval().high() < 0 && measure.value() <= FEW)
        .map(
            measure ->
                new OneAnswer(
                    evidence.weights(), Said.count(measure), measure.n(), Said.baseCount(measure)));
  }

  @Override
  public String id() {
    return "oneAnswer";
  }

  @Override
  public String sentence() {
    return "One answer to everything: %s distinct %s in %s, where the base gives %s."
        .formatted(distinct, distinct == 1 ? "answer" : "answers", answers, baseDistinct);
  }

  @Override
  public SortedMap<String, Double> figures() {
    return Said.figures("distinct", distinct, "answers", answers, "baseDistinct", baseDistinct);
  }

  @Override
  public List<Advice> advice() {
    return Fixes.afterWeights(
        weights, Fixes.BETTER_KNOWN_HALF, Fixes.PARAPHRASE, Fixes.TRAIN_LESS, Fixes.REPLAY);
  }
}
