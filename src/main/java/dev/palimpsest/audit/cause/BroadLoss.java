package dev.palimpsest.audit.cause;

import dev.palimpsest.audit.Points;
import dev.palimpsest.audit.verdict.Finding;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A loss over several suites of ability.
 *
 * @param falls the findings
 * @param of how many such suites there are
 * @param plainText how plain text moved, if that was measured
 */
record BroadLoss(
    ArmEvidence.Weights weights, List<Finding> falls, int of, Optional<ArmEvidence.Shift> plainText)
    implements Cause {
  BroadLoss {
    falls = List.copyOf(falls);
  }

  static Optional<Cause> of(ArmEvidence evidence) {
    List<Finding> falls =
        evidence.falls().stream().filter(finding -> !Careless.concerns(finding)).toList();
    int of =
        (int)
            evidence.findings().stream()
                .filter(f -> !evidence.isSkill(f) && !Careless.concerns(f))
                .count();
    return falls.size() < 2
        ? Optional.empty()
        : Optional.of(new BroadLoss(evidence.weights(), falls, of, evidence.plainText()));
  }

  @Override
  public String id() {
    return "broadLoss";
  }

  @Override
  public String sentence() {
    String text =
        plainText
            .map(
                shift ->
                    "; %s %s on plain text"
                        .formatted(
                            shift.id().equals("lossPerToken") ? "loss per token" : "bits per byte",
                            Points.signedNats(shift.difference())))
            .orElse("");
    return "Broad loss: %s of %s suites of ability (%s)%s."
        .formatted(falls.size(), of, Said.falls(falls), text);
  }

  @Override
  public SortedMap<String, Double> figures() {
    SortedMap<String, Double> figures = Said.figures("suites", falls.size(), "of", of);
    plainText.ifPresent(shift -> figures.put(shift.id(), shift.difference()));
    return figures;
  }

  @Override
  public List<Advice> advice() {
    return Fixes.ofLoss(weights);
  }
}
