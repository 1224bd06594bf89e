package dev.palimpsest.audit.verdict;

import dev.palimpsest.audit.Arm;
import dev.palimpsest.audit.plan.AuditPlan;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Joins verdicts to one for the release.
 *
 * <p>A release passes only if every suite does that can tell anything on this base, each at its own
 * level, and every condition beside them. By the intersection–union principle that needs no
 * correction for their number: a release that should fail on any one of them passes with
 * probability at most α. A suite that the base leaves nothing to judge in is named; it is in the
 * way only if the policy says so.
 */
public final class ReleaseVerdicts {
  private ReleaseVerdicts() {}

  /**
   * Judges one tuned arm.
   *
   * @param findings of every planned suite on that arm
   * @param conditions of that arm
   * @param blocks whether what was not judged keeps the release from passing
   * @param complete whether every planned item has an outcome
   */
  public static ReleaseVerdict of(
      Collection<Finding> findings,
      Collection<Condition> conditions,
      boolean blocks,
      boolean complete) {
    if (!complete || findings.isEmpty()) {
      return ReleaseVerdict.INCOMPLETE;
    }
    boolean failed = findings.stream().anyMatch(f -> f.verdict() == Verdict.FAILED);
    if (failed || has(conditions, Condition.Result.FAIL)) {
      return ReleaseVerdict.FAIL;
    }
    return passes(findings, conditions, blocks) ? ReleaseVerdict.PASS : ReleaseVerdict.NOT_PROVEN;
  }

  /** At least one suite has to be judged: a release that nothing vouches for is not proven. */
  private static boolean passes(
      Collection<Finding> findings, Collection<Condition> conditions, boolean blocks) {
    Set<String> excused = excused(conditions, blocks);
    return conditions.stream().noneMatch(Condition::blocks)
        && (!blocks || conditions.stream().noneMatch(ReleaseVerdicts::isUnjudged))
        && findings.stream().anyMatch(f -> f.verdict().passes())
        && findings.stream().allMatch(f -> f.verdict().passes() || isExcused(f, excused));
  }

  private static boolean isExcused(Finding finding, Set<String> excused) {
    return finding.verdict() == Verdict.UNINFORMATIVE && excused.contains(finding.suite());
  }

  /** Returns the suites that need not pass: not judged, or lacking what the policy waives. */
  private static Set<String> excused(Collection<Condition> conditions, boolean blocks) {
    return conditions.stream()
        .filter(one -> isWaived(one) || (!blocks && one.kind() == Condition.Kind.JUDGED))
        .map(Condition::suite)
        .collect(Collectors.toSet());
  }

  private static boolean isWaived(Condition condition) {
    return condition.kind() == Condition.Kind.COMPARABLE
        && condition.result() == Condition.Result.WAIVED
        && !condition.suite().isEmpty();
  }

  /** A severe item that the base has wrong is no suite that cannot tell. */
  private static boolean isUnjudged(Condition condition) {
    return condition.result() == Condition.Result.NOT_JUDGED
        && condition.kind() != Condition.Kind.SEVERE;
  }

  private static boolean has(Collection<Condition> conditions, Condition.Result result) {
    return conditions.stream().anyMatch(one -> one.result() == result);
  }

  /**
   * Judges one tuned arm by its suites alone, whatever part of their items the findings are of;
   * what the base leaves nothing to judge in is no hindrance unless the plan's policy says so.
   */
  public static ReleaseVerdict ofSuites(AuditPlan plan, Collection<Finding> findings) {
    return of(findings, Conditions.unjudged(plan, findings), blocks(plan), true);
  }

  private static boolean blocks(AuditPlan plan) {
    return plan.policy().filter(p -> p.policy().blocksUninformative()).isPresent();
  }

  /** Judges every tuned arm of a plan, by name. */
  public static Map<String, ReleaseVerdict> byArm(
      AuditPlan plan,
      Collection<Finding> findings,
      Collection<Condition> conditions,
      boolean complete) {
    Map<String, ReleaseVerdict> verdicts = new LinkedHashMap<>();
    for (Arm arm : plan.tuned()) {
      List<Finding> own = findings.stream().filter(f -> f.tuned().equals(arm.name())).toList();
      List<Condition> asked =
          conditions.stream().filter(c -> c.tuned().equals(arm.name())).toList();
      verdicts.put(arm.name(), of(own, asked, blocks(plan), complete));
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
