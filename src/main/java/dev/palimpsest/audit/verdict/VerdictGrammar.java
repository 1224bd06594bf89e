package dev.palimpsest.audit.verdict;

import dev.palimpsest.stats.Interval;

/** Reads a verdict off the interval of a drop: docs/STATISTICS.md, "Verdicts". */
final class VerdictGrammar {
  private VerdictGrammar() {}

  /**
   * Returns the verdict of an interval [L, U] of the drop (base − tuned) at the margin δ.
   *
   * <p>An end that lies exactly on 0 or δ proves nothing.
   *
   * @param gainHolds whether a gain would be proven over all findings of the audit
   */
  static Verdict judge(Interval drop, double margin, boolean gainHolds) {
    if (drop.low() > margin) {
      return Verdict.FAILED;
    }
    if (drop.high() >= margin) {
      return drop.low() > 0 ? Verdict.REGRESSED : Verdict.INCONCLUSIVE;
    }
    if (drop.high() < 0 && gainHolds) {
      return Verdict.IMPROVED;
    }
    return drop.low() > 0 ? Verdict.CERTIFIED_WITH_REGRESSION : Verdict.CERTIFIED;
  }
}
