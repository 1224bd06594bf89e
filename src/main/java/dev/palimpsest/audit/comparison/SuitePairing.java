package dev.palimpsest.audit.comparison;

import dev.palimpsest.audit.Arm;
import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.stats.ItemContrast;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Pairs one suite's items on the two sides. */
final class SuitePairing {
  private final Side left;
  private final Side right;
  private final PlannedSuite planned;
  private final PlannedSuite other;
  private final double level;
  private final Map<String, Boolean> ofLeft;
  private final Map<String, Boolean> ofLeftBase;
  private final Map<String, Boolean> ofRight;
  private final Map<String, Boolean> ofRightBase;

  /**
   * Reads the scores of a suite.
   *
   * @param planned the suite in the left plan
   * @param other the same content in the right plan
   */
  SuitePairing(
      Side left,
      Side right,
      PlannedSuite planned,
      PlannedSuite other,
      double level,
      Comparison.Scores scores) {
    this.left = left;
    this.right = right;
    this.planned = planned;
    this.other = other;
    this.level = level;
    this.ofLeft = scores(left, left.arm(), planned.suite(), scores);
    this.ofLeftBase = scores(left, left.base(), planned.suite(), scores);
    this.ofRight = scores(right, right.arm(), other.suite(), scores);
    this.ofRightBase = scores(right, right.base(), other.suite(), scores);
  }

  private static Map<String, Boolean> scores(
      Side side, Arm arm, String suite, Comparison.Scores scores) {
    return scores.of(side.audit().id(), suite, arm.name());
  }

  /** Returns what came out, not yet judged among other suites. */
  SuiteComparison compare() {
    List<String> shared = shared();
    List<String> both = having(shared, ofLeft, ofRight);
    Change change = change(both, ofLeft, ofRight);
    return new SuiteComparison(
        planned.suite(),
        planned.version(),
        planned.digest(),
        planned.capability(),
        Math.min(planned.margin(), other.margin()),
        planned.itemIds().size(),
        other.itemIds().size(),
        shared.size(),
        change,
        change.p(),
        SuiteComparison.Standing.NOT_TOLD_APART,
        against(left, both, ofLeftBase, ofLeft),
        against(right, both, ofRightBase, ofRight),
        twoByTwo(both),
        only(both, ofLeft, ofRight),
        only(both, ofRight, ofLeft));
  }

  private List<String> shared() {
    Set<String> there = new HashSet<>(other.itemIds());
    return planned.itemIds().stream().filter(there::contains).toList();
  }

  @SafeVarargs
  private static List<String> having(List<String> items, Map<String, Boolean>... scores) {
    Predicate<String> all = item -> true;
    for (Map<String, Boolean> one : scores) {
      all = all.and(one::containsKey);
    }
    return items.stream().filter(all).toList();
  }

  private static List<String> only(
      List<String> items, Map<String, Boolean> right, Map<String, Boolean> wrong) {
    return items.stream().filter(item -> right.get(item) && !wrong.get(item)).toList();
  }

  private Change change(List<String> items, Map<String, Boolean> from, Map<String, Boolean> to) {
    return Change.of(items, from, to, clusters(items), level);
  }

  private List<String> clusters(List<String> items) {
    return items.stream().map(planned::cluster).toList();
  }

  private Optional<Change> against(
      Side side, List<String> items, Map<String, Boolean> base, Map<String, Boolean> arm) {
    return side.hasBase() ? Optional.of(change(having(items, base), base, arm)) : Optional.empty();
  }

  /** Where both bases gave the same answers, the direct comparison says it all. */
  private Optional<TwoByTwo> twoByTwo(List<String> both) {
    List<String> four = having(both, ofLeftBase, ofRightBase);
    boolean alike =
        left.base().digest().equals(right.base().digest())
            && four.stream().allMatch(item -> ofLeftBase.get(item).equals(ofRightBase.get(item)));
    if (four.isEmpty() || alike || !left.hasBase() || !right.hasBase()) {
      return Optional.empty();
    }
    ItemContrast contrast = ItemContrast.of(contrasts(four), clusters(four));
    TwoByTwo found =
        new TwoByTwo(
            four.size(),
            change(four, ofLeftBase, ofLeft),
            change(four, ofRightBase, ofRight),
            change(four, ofLeftBase, ofRightBase),
            change(four, ofLeftBase, ofRight),
            contrast.mean(),
            contrast.interval(level),
            contrast.p(),
            "");
    return Optional.of(new TwoByTwoSentence(found, left, right, level).said());
  }

  private double[] contrasts(List<String> items) {
    List<Double> found = new ArrayList<>(items.size());
    for (String item : items) {
      found.add(
          worth(item, ofRight)
              - worth(item, ofRightBase)
              - (worth(item, ofLeft) - worth(item, ofLeftBase)));
    }
    return found.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static double worth(String item, Map<String, Boolean> scores) {
    return scores.get(item) ? 1 : 0;
  }
}
