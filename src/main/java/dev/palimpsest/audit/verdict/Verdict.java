package dev.palimpsest.audit.verdict;

import java.util.Locale;

/**
 * What the evidence says of one capability on one tuned arm.
 *
 * <p>[L, U] is the interval of the drop (base − tuned) at the gate's level 1 − 2α, δ the margin:
 * docs/STATISTICS.md.
 */
public enum Verdict {
  /** U &lt; δ: any drop is proven smaller than the margin. */
  CERTIFIED,
  /** 0 &lt; L and U &lt; δ: a real drop, proven smaller than the margin. */
  CERTIFIED_WITH_REGRESSION,
  /** L ≤ 0 and δ ≤ U: the items do not decide. */
  INCONCLUSIVE,
  /** 0 &lt; L ≤ δ ≤ U: a drop is proven, its size is open. */
  REGRESSED,
  /** L &gt; δ: the drop is proven larger than the margin. */
  FAILED,
  /** The suite cannot tell on this base: at chance or floor, or too few scorable items. */
  UNINFORMATIVE,
  /** U &lt; 0, and the gain is proven over all findings of the audit. */
  IMPROVED;

  /** Tells whether a suite with this verdict lets a release pass. */
  public boolean passes() {
    return switch (this) {
      case CERTIFIED, CERTIFIED_WITH_REGRESSION, IMPROVED -> true;
      case INCONCLUSIVE, REGRESSED, FAILED, UNINFORMATIVE -> false;
    };
  }

  /** Tells whether this verdict says that something was lost. */
  public boolean provesDrop() {
    return switch (this) {
      case CERTIFIED_WITH_REGRESSION, REGRESSED, FAILED -> true;
      case CERTIFIED, INCONCLUSIVE, UNINFORMATIVE, IMPROVED -> false;
    };
  }

  /** Tells whether more items would decide what this verdict leaves open. */
  public boolean isOpen() {
    return this == INCONCLUSIVE || this == REGRESSED;
  }

  /** Returns the verdict in words, "Certified with regression". */
  public String word() {
    String words = name().replace('_', ' ');
    return words.charAt(0) + words.substring(1).toLowerCase(Locale.ROOT);
  }
}
