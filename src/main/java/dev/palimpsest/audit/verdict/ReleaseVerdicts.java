package dev.palimpsest.audit.verdict;

import dev.palimpsest.audit.Arm;
import dev.palimpsest.audit.plan.AuditPlan;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
    return findings.stream().allMatch(finding -> finding.verdict().passes())
        ? ReleaseVerdict.PASS
        : ReleaseVerdict.NOT_PROVEN;
  }

  /** Judges every tuned arm of a plan, by name. */
  public static Map<String, ReleaseVerdict> byArm(
      AuditPlan plan, Collection<Finding> findings, boolean complete) {
    Map<String, ReleaseVerdict> verdicts = new LinkedHashMap<>();
    for (Arm arm : plan.tuned()) {
      List<Finding> own = findings.stream().filter(f -> f.tuned().equals(arm.name())).toList();
      verdicts.put(arm.name(), of(own, complete));
    }
    return verdicts;
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
}
