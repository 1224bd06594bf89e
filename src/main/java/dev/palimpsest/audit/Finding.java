package dev.palimpsest.audit;

import java.util.Objects;

/**
 * A statistic with its interval for one capability and one tuned arm.
 *
 * <p>Proportions are in [0, 1]; {@code delta} and its interval are tuned − base, so a loss is
 * negative, while {@code margin} is the largest acceptable drop, positive.
 *
 * @param suite suite id
 * @param capability what the suite probes
 * @param tuned the tuned arm's name
 * @param metric the suite's metric
 * @param n items scored on both arms
 * @param base the base's mean score
 * @param tunedScore the tuned arm's mean score
 * @param delta tunedScore − base
 * @param ciLow lower end of the Tango interval of {@code delta}, two-sided at level 1 − 2α: 90%
 *     with the default gate level
 * @param ciHigh upper end
 * @param pMidMcNemar two-sided mid-p McNemar
 * @param pHolm the same, adjusted for all findings of the audit
 * @param pNonInferiority one-sided p of H0 "the drop is at least the margin"
 * @param bothRight items right on both
 * @param lost base right, tuned wrong
 * @param gained base wrong, tuned right
 * @param bothWrong items wrong on both
 * @param notComparable items without a score on one of the arms
 * @param margin the largest acceptable drop
 * @param smallestCertifiableMargin the smallest margin that this many items with this much
 *     disagreement could certify
 * @param itemsNeeded items that would decide at the margin, where the verdict leaves that open; 0
 *     otherwise
 * @param verdict what the evidence says
 * @param sentence the same in words, with the figures
 */
public record Finding(
    String suite,
    String capability,
    String tuned,
    String metric,
    int n,
    double base,
    double tunedScore,
    double delta,
    double ciLow,
    double ciHigh,
    double pMidMcNemar,
    double pHolm,
    double pNonInferiority,
    int bothRight,
    int lost,
    int gained,
    int bothWrong,
    int notComparable,
    double margin,
    double smallestCertifiableMargin,
    int itemsNeeded,
    Verdict verdict,
    String sentence) {
  public Finding {
    Objects.requireNonNull(suite, "suite is null");
    Objects.requireNonNull(capability, "capability is null");
    Objects.requireNonNull(tuned, "tuned is null");
    Objects.requireNonNull(metric, "metric is null");
    Objects.requireNonNull(verdict, "verdict is null");
    Objects.requireNonNull(sentence, "sentence is null");
  }
}
