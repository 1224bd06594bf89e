package dev.palimpsest.audit.cause;

import dev.palimpsest.audit.CapabilityName;
import dev.palimpsest.audit.Points;
import dev.palimpsest.audit.verdict.Finding;
import dev.palimpsest.audit.verdict.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * A narrow skill was gained, and nothing of the rest is proven lost.
 *
 * @param gains proven ones, and rises of the skill's own suite
 * @param others suites beside them
 * @param open of those, how many the items do not decide
 */
record SkillGained(List<Finding> gains, int others, int open) implements Cause {
  SkillGained {
    gains = List.copyOf(gains);
  }

  static Optional<Cause> of(ArmEvidence evidence) {
    List<Finding> gains =
        evidence.findings().stream()
            .filter(f -> f.verdict() == Verdict.IMPROVED || (evidence.isSkill(f) && f.ciLow() > 0))
            .toList();
    boolean lost = evidence.findings().stream().anyMatch(f -> f.verdict().provesDrop());
    List<Finding> others = evidence.findings().stream().filter(f -> !gains.contains(f)).toList();
    return gains.isEmpty() || lost
        ? Optional.empty()
        : Optional.of(
            new SkillGained(
                gains,
                others.size(),
                (int) others.stream().filter(f -> !f.verdict().passes()).count()));
  }

  @Override
  public String id() {
    return "skillGained";
  }

  @Override
  public String sentence() {
    String rises =
        gains.stream()
            .map(
                f ->
                    "%s %s points"
                        .formatted(CapabilityName.words(f.capability()), Points.signed(f.delta())))
            .collect(Collectors.joining(", "));
    String rest =
        others == 0
            ? "nothing else was asked"
            : open == 0
                ? "nothing else lost beyond its margin (%s %s)"
                    .formatted(others, others == 1 ? "suite" : "suites")
                : "nothing else is proven lost, and %s of %s suites are not decided"
                    .formatted(open, others);
    return "A narrow skill gained: %s; %s.".formatted(rises, rest);
  }

  @Override
  public SortedMap<String, Double> figures() {
    return Said.figures("gains", gains.size(), "others", others, "open", open);
  }

  @Override
  public List<Advice> advice() {
    return open == 0 ? List.of() : List.of(Fixes.MORE_ITEMS);
  }
}
