package dev.palimpsest.audit.cause;

import dev.palimpsest.audit.Points;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Declines what the base answers.
 *
 * @param share of answers that decline, or of questions with an answer that are declined
 * @param base the same of the base
 * @param what of, a noun for the sentence
 */
record Declines(ArmEvidence.Weights weights, String suiteId, double share, double base, String what)
    implements Cause {
  private static final double HABIT = 0.03;

  static Optional<Cause> of(ArmEvidence evidence) {
    return evidence.shifts("overAbstained").stream()
        .filter(ArmEvidence.Shift::rose)
        .findFirst()
        .<Cause>map(
            found ->
                new Declines(
                    evidence.weights(),
                    found.suite(),
                    found.tuned(),
                    found.base(),
                    "the questions that have an answer"))
        .or(() -> ofRefusals(evidence));
  }

  private static Optional<Cause> ofRefusals(ArmEvidence evidence) {
    return evidence
        .risen("refusalShare")
        .filter(measure -> measure.change() >= HABIT)
        .map(
            measure ->
                new Declines(
                    evidence.weights(), "", measure.value(), measure.base(), "all answers"));
  }

  @Override
  public String id() {
    return "declines";
  }

  @Override
  public Optional<String> suite() {
    return suiteId.isEmpty() ? Optional.empty() : Optional.of(suiteId);
  }

  @Override
  public String sentence() {
    return "Declines what the base answers: %s of %s, the base %s."
        .formatted(Points.percent(share), what, Points.percent(base));
  }

  @Override
  public SortedMap<String, Double> figures() {
    return Said.figures("share", share, "baseShare", base);
  }

  @Override
  public List<Advice> advice() {
    return Fixes.afterWeights(weights, Fixes.MIX_SAFETY);
  }
}
