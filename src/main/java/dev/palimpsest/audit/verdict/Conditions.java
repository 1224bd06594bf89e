package dev.palimpsest.audit.verdict;

import dev.palimpsest.audit.Arm;
import dev.palimpsest.audit.PairBrief;
import dev.palimpsest.audit.SuitePairs;
import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.plan.PlannedPolicy;
import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.audit.plan.Policy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Checks what a release hangs on beside the verdicts of its suites: the conditions of the policy,
 * and that both arms were asked the same and in full.
 */
public final class Conditions {
  /** Reads pairs with what was read off their texts; asked only where a policy needs that. */
  @FunctionalInterface
  public interface Texts {
    /** Returns the pairs of a suite and tuned arm. */
    SuitePairs of(String suite, String tuned);

    /** Returns pairs of which no texts are known. */
    static Texts none() {
      return (suite, tuned) -> List::of;
    }
  }

  private final Audit audit;
  private final AuditPlan plan;
  private final PlannedPolicy policy;
  private final List<Finding> findings;

  private Conditions(Audit audit, List<Finding> findings) {
    this.audit = audit;
    this.plan = audit.plan();
    this.policy = plan.policy().orElseGet(() -> PlannedPolicy.of(Policy.standard()));
    this.findings = findings;
  }

  /**
   * Returns every condition of every tuned arm, by arm, the gravest kinds first. Those of an audit
   * that is not finished are left out: nothing can be told of them yet.
   */
  public static List<Condition> of(
      Audit audit, List<Finding> findings, Findings.Pairs pairs, Texts texts) {
    if (audit.finishedAt().isEmpty()) {
      return List.of();
    }
    Conditions conditions = new Conditions(audit, findings);
    List<Condition> all = new ArrayList<>();
    for (Arm arm : audit.plan().tuned()) {
      List<Condition> own = new ArrayList<>(conditions.of(arm, pairs, texts));
      own.sort(Comparator.comparing(Condition::kind));
      all.addAll(own);
    }
    return all;
  }

  /** Returns which of some findings are of suites in which the base leaves nothing to judge. */
  static List<Condition> unjudged(AuditPlan plan, Collection<Finding> findings) {
    List<Condition> unjudged = new ArrayList<>();
    for (PlannedSuite suite : plan.suites()) {
      findings.stream()
          .filter(finding -> finding.suite().equals(suite.suite()))
          .forEach(finding -> unjudged.addAll(judged(suite, finding)));
    }
    return unjudged;
  }

  private List<Condition> of(Arm arm, Findings.Pairs pairs, Texts texts) {
    List<Condition> own = new ArrayList<>();
    Comparability comparability = new Comparability(policy, waiverTime(), plan);
    own.addAll(comparability.asked(arm));
    for (PlannedSuite suite : plan.suites()) {
      List<PairBrief> briefs = pairs.of(suite.suite(), arm.name());
      PolicyConditions gates = new PolicyConditions(policy, suite, arm.name(), plan.alpha());
      own.addAll(gates.severe(briefs));
      own.addAll(gates.rare(briefs, texts));
      own.addAll(gates.tiers(briefs));
      finding(suite, arm)
          .ifPresent(
              finding -> {
                own.addAll(gates.gain(finding));
                own.addAll(comparability.answered(suite, finding));
                own.addAll(judged(suite, finding));
              });
    }
    return own;
  }

  private Optional<Finding> finding(PlannedSuite suite, Arm arm) {
    return findings.stream()
        .filter(f -> f.suite().equals(suite.suite()) && f.tuned().equals(arm.name()))
        .findFirst();
  }

  /** Whether a waiver held is asked of the moment at which the audit ended. */
  private Instant waiverTime() {
    return audit.finishedAt().orElse(audit.frozenAt());
  }

  private static List<Condition> judged(PlannedSuite suite, Finding finding) {
    return Unjudged.reason(suite, finding).stream()
        .map(
            reason ->
                new Condition(
                    finding.tuned(),
                    suite.suite(),
                    "judged",
                    Condition.Kind.JUDGED,
                    Condition.Result.NOT_JUDGED,
                    reason))
        .toList();
  }
}
