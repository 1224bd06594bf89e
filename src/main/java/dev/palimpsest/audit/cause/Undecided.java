package dev.palimpsest.audit.cause;

import dev.palimpsest.audit.CapabilityName;
import dev.palimpsest.audit.Points;
import dev.palimpsest.audit.verdict.Finding;
import dev.palimpsest.audit.verdict.Verdict;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The items do not decide, so there is nothing to explain yet.
 *
 * @param open the findings that are open
 */
record Undecided(List<Finding> open) implements Cause {
  Undecided {
    open = List.copyOf(open);
  }

  static Optional<Cause> of(ArmEvidence evidence) {
    List<Finding> open =
        evidence.findings().stream()
            .filter(f -> f.verdict() == Verdict.INCONCLUSIVE)
            .sorted(Comparator.comparingDouble(Finding::ciLow))
            .toList();
    return open.isEmpty() ? Optional.empty() : Optional.of(new Undecided(open));
  }

  @Override
  public String id() {
    return "undecided";
  }

  @Override
  public String sentence() {
    Finding widest = open.get(0);
    return "Too few items to tell: %s of the suites %s not decided; in %s a loss of up to %s points is not excluded."
        .formatted(
            open.size(),
            open.size() == 1 ? "is" : "are",
            CapabilityName.words(widest.capability()),
            Points.of(widest.ciLow()));
  }

  @Override
  public SortedMap<String, Double> figures() {
    return Said.figures(
        "open",
        open.size(),
        "notExcluded",
        -open.get(0).ciLow(),
        "itemsNeeded",
        open.stream().mapToInt(Finding::itemsNeeded).max().orElse(0));
  }

  @Override
  public List<Advice> advice() {
    return List.of(Fixes.MORE_ITEMS);
  }
}
