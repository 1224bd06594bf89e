package dev.palimpsest.audit.comparison;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One suite on the two checkpoints.
 *
 * @param suite id, the same content on both sides
 * @param version its version
 * @param digest of its content
 * @param capability what it probes
 * @param margin the largest drop that both plans accepted
 * @param leftItems items that the left audit planned
 * @param rightItems items that the right audit planned
 * @param sharedItems items that both planned
 * @param change from the left checkpoint to the right, on the shared items that both have a score
 *     for
 * @param pHolm its p adjusted for all suites of the comparison
 * @param standing what that proves
 * @param left the left checkpoint against its own base, on the same items; empty for a base
 * @param right the right one against its own
 * @param twoByTwo the two changes beside each other, where the bases answered differently
 * @param lost items that only the left has right, in plan order
 * @param gained items that only the right has right
 */
public record SuiteComparison(
    String suite,
    String version,
    String digest,
    String capability,
    double margin,
    int leftItems,
    int rightItems,
    int sharedItems,
    Change change,
    double pHolm,
    Standing standing,
    Optional<Change> left,
    Optional<Change> right,
    Optional<TwoByTwo> twoByTwo,
    List<String> lost,
    List<String> gained) {
  /** What the pairs say of the right checkpoint beside the left. */
  public enum Standing {
    /** The interval lies above 0, and p is at most α over all suites of the comparison. */
    BETTER,
    /** The same below 0. */
    WORSE,
    /** These items do not tell the two apart; that is no proof that they are alike. */
    NOT_TOLD_APART,
    /** No item has a score on both. */
    NOTHING_SHARED
  }

  public SuiteComparison {
    Objects.requireNonNull(change, "change is null");
    Objects.requireNonNull(standing, "standing is null");
    lost = List.copyOf(lost);
    gained = List.copyOf(gained);
  }

  /** Returns the same, judged among all suites of a comparison. */
  SuiteComparison judged(double adjusted, double alpha) {
    boolean proven = adjusted <= alpha;
    Standing found =
        change.n() == 0
            ? Standing.NOTHING_SHARED
            : proven && change.rose()
                ? Standing.BETTER
                : proven && change.fell() ? Standing.WORSE : Standing.NOT_TOLD_APART;
    return new SuiteComparison(
        suite,
        version,
        digest,
        capability,
        margin,
        leftItems,
        rightItems,
        sharedItems,
        change,
        adjusted,
        found,
        left,
        right,
        twoByTwo,
        lost,
        gained);
  }
}
