package dev.palimpsest.audit.cause;

import dev.palimpsest.audit.verdict.Finding;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * One suite fell, and the others did not.
 *
 * @param finding of that suite
 */
record OneLoss(ArmEvidence.Weights weights, Finding finding) implements Cause {
  static Optional<Cause> of(ArmEvidence evidence) {
    List<Finding> falls =
        evidence.falls().stream().filter(finding -> !Careless.concerns(finding)).toList();
    return falls.size() == 1
        ? Optional.of(new OneLoss(evidence.weights(), falls.get(0)))
        : Optional.empty();
  }

  @Override
  public String id() {
    return "oneLoss";
  }

  @Override
  public Optional<String> suite() {
    return Optional.of(finding.suite());
  }

  @Override
  public String sentence() {
    return "One ability is lost: %s (%s items lost, %s gained of %s)."
        .formatted(Said.fall(finding), finding.lost(), finding.gained(), finding.n());
  }

  @Override
  public SortedMap<String, Double> figures() {
    return Said.figures("lost", finding.lost(), "gained", finding.gained(), "items", finding.n());
  }

  @Override
  public List<Advice> advice() {
    return finding.capability().equals("knowledge") || finding.capability().equals("hallucination")
        ? Fixes.ofFacts(weights)
        : finding.metric().equals("pass_rate") ? Fixes.ofForm(weights) : Fixes.ofLoss(weights);
  }
}
