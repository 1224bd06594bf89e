package dev.palimpsest.audit.verdict;

/**
 * One finding among all that an audit makes.
 *
 * @param findings of the audit, this one included
 * @param pHolm this finding's two-sided mid-p of McNemar, adjusted for all of them
 * @param alpha level of the gates
 */
record FindingsClaims(int findings, double pHolm, double alpha) {
  /** Tells whether a gain of this finding is proven over all findings. */
  boolean gainHolds() {
    return pHolm <= alpha;
  }
}
