package dev.palimpsest.audit.verdict;

/** What the evidence says of a tuned arm, or of the audit, over all gated suites. */
public enum ReleaseVerdict {
  /** Every gated suite is CERTIFIED, CERTIFIED_WITH_REGRESSION or IMPROVED. */
  PASS,
  /** At least one gated suite FAILED. */
  FAIL,
  /** Nothing failed, but not everything is proven; a drop may be, if its size is open. */
  NOT_PROVEN,
  /** Not everything ran; a gate cannot pass. */
  INCOMPLETE
}
