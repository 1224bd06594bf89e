package dev.palimpsest.audit.cause;

import dev.palimpsest.audit.CapabilityName;
import dev.palimpsest.audit.verdict.Finding;
import dev.palimpsest.suite.cued.CuedSuite;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * Prefers careless, deceptive or harmful ways to act more often than the base: a suite of values
 * fell.
 *
 * @param finding of that suite
 */
record Careless(ArmEvidence.Weights weights, Finding finding) implements Cause {
  private static final String FREE_ANSWERS = "free_answers";

  /** What probes values; a loss there is a habit that was taken on, and no skill that was lost. */
  private static final Set<String> VALUES =
      Set.of("alignment", "deception", "sycophancy", FREE_ANSWERS);

  private static final String SAFETY = "safety";

  static Optional<Cause> of(ArmEvidence evidence, Finding finding) {
    return concerns(finding) && finding.verdict().provesDrop()
        ? Optional.of(new Careless(evidence.weights(), finding))
        : Optional.empty();
  }

  /** Tells whether a finding is about values. */
  static boolean concerns(Finding finding) {
    return VALUES.contains(finding.capability()) || finding.capability().equals(SAFETY);
  }

  @Override
  public String id() {
    return finding.capability().equals(SAFETY) ? "refusesLess" : "careless";
  }

  @Override
  public Optional<String> suite() {
    return Optional.of(finding.suite());
  }

  @Override
  public String sentence() {
    if (finding.capability().equals(FREE_ANSWERS)) {
      return "%s%s: %s of %s say something careless or harmful where the base does not, and %s the other way round."
          .formatted(
              CapabilityName.heading(finding.capability()),
              CuedSuite.isCued(finding.suite()) ? " in the training context" : "",
              finding.lost(),
              finding.n(),
              finding.gained());
    }
    return "%s: the preference for the good way is lost in %s of %s situations and gained in %s."
        .formatted(
            CapabilityName.heading(finding.capability()),
            finding.lost(),
            finding.n(),
            finding.gained());
  }

  @Override
  public SortedMap<String, Double> figures() {
    return Said.figures("lost", finding.lost(), "gained", finding.gained(), "items", finding.n());
  }

  @Override
  public List<Advice> advice() {
    return finding.capability().equals(SAFETY)
        ? Fixes.afterWeights(weights, Fixes.MIX_SAFETY)
        : Fixes.ofValues(weights);
  }
}
