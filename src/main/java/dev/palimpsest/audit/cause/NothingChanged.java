package dev.palimpsest.audit.cause;

import dev.palimpsest.audit.behaviour.BehaviourMeasure;
import dev.palimpsest.audit.verdict.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Nothing changed: all figures lie inside the noise.
 *
 * @param lost items, over all suites
 * @param gained items
 * @param items scored on both
 * @param alike whether not one answer differs
 * @param asked whether a suite asked for the skill
 */
record NothingChanged(int lost, int gained, int items, boolean alike, boolean asked)
    implements Cause {
  /** What two decimals round to 0. */
  private static final double SMALLEST_LOSS = 0.005;

  static Optional<Cause> of(ArmEvidence evidence) {
    List<Finding> findings = evidence.findings();
    int items = findings.stream().mapToInt(Finding::n).sum();
    boolean moved =
        findings.stream().anyMatch(f -> f.ciLow() > 0 || f.ciHigh() < 0)
            || evidence.behaviour().stream()
                .flatMap(found -> found.measures().stream())
                .anyMatch(BehaviourMeasure::isChanged)
            || evidence.shifts().stream().anyMatch(one -> one.rose() || one.fell())
            || evidence.plainText().filter(NothingChanged::moved).isPresent();
    if (moved || items == 0) {
      return Optional.empty();
    }
    int lost = findings.stream().mapToInt(Finding::lost).sum();
    int gained = findings.stream().mapToInt(Finding::gained).sum();
    boolean alike = lost + gained == 0 && findings.stream().allMatch(NothingChanged::alike);
    return Optional.of(
        new NothingChanged(lost, gained, items, alike, !evidence.skills().isEmpty()));
  }

  private static boolean moved(ArmEvidence.Shift plainText) {
    return Math.abs(plainText.difference()) >= SMALLEST_LOSS
        && (plainText.rose() || plainText.fell());
  }

  private static boolean alike(Finding finding) {
    return finding.measures().stream()
        .filter(measure -> measure.id().equals("answeredOtherwise"))
        .allMatch(measure -> measure.value() == 0);
  }

  @Override
  public String id() {
    return "nothingChanged";
  }

  @Override
  public String sentence() {
    return alike
        ? "Nothing changed: not one of %s answers differs from the base's.".formatted(items)
        : "Nothing changed: every figure lies inside the noise (%s items lost, %s gained of %s)."
            .formatted(lost, gained, items);
  }

  @Override
  public SortedMap<String, Double> figures() {
    return Said.figures("lost", lost, "gained", gained, "items", items);
  }

  @Override
  public List<Advice> advice() {
    List<Advice> advice = new ArrayList<>();
    if (alike) {
      advice.add(Fixes.ADAPTER_AT_WORK);
    }
    advice.add(asked ? Fixes.MORE_ITEMS : Fixes.OWN_SUITE);
    return advice;
  }
}
