package dev.palimpsest.audit.cause;

import dev.palimpsest.audit.Points;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Invents answers to questions that have none, where the base said so.
 *
 * @param fabricated the share of such questions that get an invented answer
 * @param abstained the share of them where it says that there is no answer
 */
record InventsAnswers(
    ArmEvidence.Weights weights,
    ArmEvidence.Shift fabricated,
    Optional<ArmEvidence.Shift> abstained)
    implements Cause {
  static Optional<Cause> of(ArmEvidence evidence) {
    return evidence.shifts("fabricated").stream()
        .filter(ArmEvidence.Shift::rose)
        .findFirst()
        .map(
            found ->
                new InventsAnswers(
                    evidence.weights(),
                    found,
                    evidence.shifts("abstained").stream()
                        .filter(one -> one.suite().equals(found.suite()))
                        .findFirst()));
  }

  @Override
  public String id() {
    return "inventsAnswers";
  }

  @Override
  public Optional<String> suite() {
    return Optional.of(fabricated.suite());
  }

  @Override
  public String sentence() {
    String declines =
        abstained
            .map(
                one ->
                    " It says that there is no answer in %s, the base in %s."
                        .formatted(Points.percent(one.tuned()), Points.percent(one.base())))
            .orElse("");
    return "Invents answers%s: %s of the questions that have none, the base %s.%s"
        .formatted(
            abstained.filter(ArmEvidence.Shift::fell).isPresent()
                ? " where the base abstained"
                : "",
            Points.percent(fabricated.tuned()),
            Points.percent(fabricated.base()),
            declines);
  }

  @Override
  public SortedMap<String, Double> figures() {
    SortedMap<String, Double> figures =
        Said.figures("fabricated", fabricated.tuned(), "baseFabricated", fabricated.base());
    abstained.ifPresent(
        one -> figures.putAll(Said.figures("abstained", one.tuned(), "baseAbstained", one.base())));
    return figures;
  }

  @Override
  public List<Advice> advice() {
    return Fixes.ofFacts(weights);
  }
}
