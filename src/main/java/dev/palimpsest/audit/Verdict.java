package dev.palimpsest.audit;

/**
 * What the evidence says of one capability on one tuned arm.
 *
 * <p>L and U are the two-sided 90% Tango bounds of the drop (base − tuned), δ the margin: research
 * in docs/STATISTICS.md.
 */
public enum Verdict {
  /** U &lt; δ: any drop is proven smaller than the margin. */
  CERTIFIED,
  /** 0 &lt; L and U &lt; δ: a real drop, proven smaller than the margin. */
  CERTIFIED_WITH_REGRESSION,
  /** L ≤ δ ≤ U: the items do not decide. */
  INCONCLUSIVE,
  /** L &gt; δ: the drop is proven larger than the margin. */
  FAILED,
  /** The suite cannot tell on this base: at chance or ceiling, or too few scorable items. */
  UNINFORMATIVE,
  /** U &lt; 0: a proven gain. */
  IMPROVED
}
