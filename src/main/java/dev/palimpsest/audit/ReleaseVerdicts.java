package dev.palimpsest.audit;

import java.util.Collection;

/**
 * Joins verdicts to one for the release.
 *
 * <p>A release passes only if every suite does, each at its own level. By the intersection–union
 * principle that needs no correction for the number of suites: a release that should fail on any
 * one of them passes with probability at most α.
 */
public final class ReleaseVerdicts {
  private ReleaseVerdicts() {}

  /**
   * Judges one tuned arm.
   *
   * @param findings of every planned suite on that arm
   * @param complete whether every planned item has an outcome
   */
  public static ReleaseVerdict of(Collection<Finding> findings, boolean complete) {
    if (!complete || findings.isEmpty()) {
      return ReleaseVerdict.INCOMPLETE;
    }
    if (findings.stream().anyMatch(finding -> finding.verdict() == Verdict.FAILED)) {
      return ReleaseVerdict.FAIL;
    }
    return findings.stream().allMatch(finding -> passes(finding.verdict()))
        ? ReleaseVerdict.PASS
        : ReleaseVerdict.NOT_PROVEN;
  }

  /** Judges the audit as a whole: the worst of its tuned arms. */
  public static ReleaseVerdict whole(Collection<ReleaseVerdict> verdicts) {
    if (verdicts.isEmpty() || verdicts.contains(ReleaseVerdict.INCOMPLETE)) {
      return ReleaseVerdict.INCOMPLETE;
    }
    if (verdicts.contains(ReleaseVerdict.FAIL)) {
      return ReleaseVerdict.FAIL;
    }
    return verdicts.contains(ReleaseVerdict.NOT_PROVEN)
        ? ReleaseVerdict.NOT_PROVEN
        : ReleaseVerdict.PASS;
  }

  /** Tells whether a suite with this verdict lets a release pass. */
  public static boolean passes(Verdict verdict) {
    return switch (verdict) {
      case CERTIFIED, CERTIFIED_WITH_REGRESSION, IMPROVED -> true;
      case INCONCLUSIVE, FAILED, UNINFORMATIVE -> false;
    };
  }
}
