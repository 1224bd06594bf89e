package dev.palimpsest.audit.cause;

import dev.palimpsest.audit.CapabilityName;
import dev.palimpsest.audit.verdict.Cells;
import dev.palimpsest.audit.verdict.Finding;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What was lost is still there and only not called up, or not in the right form: most lost items
 * come back after worked examples, or are right by log-likelihood and written wrong
 * (arXiv:2501.13453).
 *
 * @param cells what became of the items that the base has right
 * @param capability what the suite probes
 */
record NotCalledUp(ArmEvidence.Weights weights, Cells cells, String capability) implements Cause {
  /** Fewer items, or a smaller share of those answered in writing, are no drift. */
  private static final int FEWEST = 3;

  private static final double SHARE = 0.1;

  static Optional<Cause> of(ArmEvidence evidence, Finding finding) {
    return evidence
        .cells(finding.suite())
        .filter(cells -> comesBack(cells, finding) || drifts(cells))
        .map(cells -> new NotCalledUp(evidence.weights(), cells, finding.capability()));
  }

  private static boolean comesBack(Cells cells, Finding finding) {
    int again = cells.elicitationLoss() + cells.knowledgeLoss();
    return finding.verdict().provesDrop()
        && again >= FEWEST
        && 2 * cells.elicitationLoss() >= again;
  }

  private static boolean drifts(Cells cells) {
    return cells.formatDrift() >= FEWEST && cells.formatDrift() >= SHARE * cells.written();
  }

  @Override
  public String id() {
    return "formatDrift";
  }

  @Override
  public Optional<String> suite() {
    return Optional.of(cells.suite());
  }

  @Override
  public String sentence() {
    int again = cells.elicitationLoss() + cells.knowledgeLoss();
    boolean back = again >= FEWEST && 2 * cells.elicitationLoss() >= again;
    String first =
        back
            ? "%s of %s lost items come back after worked examples"
                .formatted(cells.elicitationLoss(), again)
            : "";
    String second =
        drifts(cells)
            ? "%s of %s items answered in writing are right by log-likelihood and written wrong"
                .formatted(cells.formatDrift(), cells.written())
            : "";
    String joint = first.isEmpty() || second.isEmpty() ? "" : "; ";
    return "%s: format drift, not knowledge: %s%s%s."
        .formatted(CapabilityName.heading(capability), first, joint, second);
  }

  @Override
  public SortedMap<String, Double> figures() {
    return Said.figures(
        "comeBack",
        cells.elicitationLoss(),
        "stayWrong",
        cells.knowledgeLoss(),
        "writtenWrong",
        cells.formatDrift(),
        "written",
        cells.written());
  }

  @Override
  public List<Advice> advice() {
    return Fixes.ofForm(weights);
  }
}
