package dev.palimpsest.audit.verdict;

import dev.palimpsest.audit.Arm;
import dev.palimpsest.audit.CapabilityName;
import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.plan.PlannedPolicy;
import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.audit.plan.PolicyWords;
import dev.palimpsest.audit.plan.Waiver;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether the arms were asked the same, and in full. What is not keeps a release from passing
 * unless the policy waives it by name, with a reason and to a day.
 *
 * <p>Versions of suites cannot differ between the arms of one audit: the plan names them by digest.
 *
 * @param time at which waivers have to hold
 */
record Comparability(PlannedPolicy policy, Instant time, AuditPlan plan) {
  /** Audits of this depth end once their gates are decided, with items left over. */
  private static final String ENDS_EARLY = "certify";

  /** Returns what kept an arm from being asked as the base was. */
  List<Condition> asked(Arm arm) {
    return policy.mismatches().stream()
        .filter(mismatch -> mismatch.tuned().equals(arm.name()))
        .map(mismatch -> condition(arm.name(), "", mismatch.what(), mismatch.sentence()))
        .toList();
  }

  /**
   * Returns what a finding lacks: planned items without an outcome, or too many without a score.
   */
  List<Condition> answered(PlannedSuite suite, Finding finding) {
    return missing(suite, finding).stream()
        .map(
            sentence -> condition(finding.tuned(), suite.suite(), Waiver.Subject.MISSING, sentence))
        .toList();
  }

  private Optional<String> missing(PlannedSuite suite, Finding finding) {
    int planned = suite.itemIds().size();
    int there = finding.n() + finding.notComparable();
    String name = CapabilityName.subject(suite.capability());
    if (there < planned && !plan.depth().equals(ENDS_EARLY)) {
      return Optional.of(
          name + " lacks the outcomes of " + (planned - there) + " of " + planned + " items.");
    }
    boolean many =
        finding.notComparable() > FindingsDoubt.LARGEST_SHARE_NOT_COMPARABLE * Math.max(1, there);
    return many
        ? Optional.of(
            name
                + " has no score on one of the sides for "
                + finding.notComparable()
                + " of "
                + there
                + " items.")
        : Optional.empty();
  }

  private Condition condition(String tuned, String suite, Waiver.Subject what, String sentence) {
    Optional<Waiver> waiver =
        policy.policy().waivers().stream()
            .filter(one -> one.covers(what, suite) && one.holdsAt(time))
            .findFirst();
    return new Condition(
        tuned,
        suite,
        "comparable:" + what.name().toLowerCase(Locale.ROOT),
        Condition.Kind.COMPARABLE,
        waiver.isPresent() ? Condition.Result.WAIVED : Condition.Result.NOT_PROVEN,
        sentence + " " + waiver.map(PolicyWords::waiver).orElseGet(() -> remedy(what, suite)));
  }

  /** Says what lets the release pass; an expired waiver is named, as it was meant to. */
  private String remedy(Waiver.Subject what, String suite) {
    Optional<Waiver> expired =
        policy.policy().waivers().stream().filter(one -> one.covers(what, suite)).findFirst();
    if (expired.isPresent()) {
      return "The waiver by "
          + expired.get().who()
          + " ended on "
          + expired.get().expires()
          + " and waives it no more.";
    }
    String waiver = "name it in the policy's waivers, with who, reason and expires";
    return switch (what) {
      case TEMPLATE ->
          "A release is not proven on that: ask all through the base's template, or "
              + waiver
              + ".";
      case TOKENIZER -> "A release is not proven on that: " + waiver + ".";
      case MISSING ->
          "A release is not proven without them: run the audit again, or " + waiver + ".";
    };
  }
}
