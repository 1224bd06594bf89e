package dev.palimpsest.audit.verdict;

/** What the evidence says of a tuned arm, or of the audit, over all gated suites. */
public enum ReleaseVerdict {
  /**
   * Every suite that the base leaves anything to judge in is CERTIFIED, CERTIFIED_WITH_REGRESSION
   * or IMPROVED, and every condition of the policy holds.
   */
  PASS,
  /** At least one suite FAILED, or a condition of the policy is broken with proof. */
  FAIL,
  /** Nothing failed, but not everything is proven; a drop may be, if its size is open. */
  NOT_PROVEN,
  /** Not everything ran; a gate cannot pass. */
  INCOMPLETE
}
