package dev.palimpsest.audit.cause;

import dev.palimpsest.audit.CapabilityName;
import dev.palimpsest.audit.verdict.Cells;
import dev.palimpsest.audit.verdict.Finding;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Knowledge or skill is gone: most lost items stay wrong after worked examples.
 *
 * @param cells what became of the items that the base has right
 * @param capability what the suite probes
 */
record NoLongerKnown(ArmEvidence.Weights weights, Cells cells, String capability) implements Cause {
  private static final int FEWEST = 3;

  static Optional<Cause> of(ArmEvidence evidence, Finding finding) {
    return evidence
        .cells(finding.suite())
        .filter(cells -> finding.verdict().provesDrop())
        .filter(cells -> cells.knowledgeLoss() >= FEWEST)
        .filter(cells -> cells.knowledgeLoss() > cells.elicitationLoss())
        .map(cells -> new NoLongerKnown(evidence.weights(), cells, finding.capability()));
  }

  @Override
  public String id() {
    return "noLongerKnown";
  }

  @Override
  public Optional<String> suite() {
    return Optional.of(cells.suite());
  }

  @Override
  public String sentence() {
    return "%s: knowledge or skill is lost: %s of %s lost items stay wrong after worked examples."
        .formatted(
            CapabilityName.heading(capability),
            cells.knowledgeLoss(),
            cells.knowledgeLoss() + cells.elicitationLoss());
  }

  @Override
  public SortedMap<String, Double> figures() {
    return Said.figures("stayWrong", cells.knowledgeLoss(), "comeBack", cells.elicitationLoss());
  }

  @Override
  public List<Advice> advice() {
    return capability.equals("knowledge") ? Fixes.ofFacts(weights) : Fixes.ofLoss(weights);
  }
}
