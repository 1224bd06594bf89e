package dev.palimpsest.audit.verdict;

import dev.palimpsest.audit.CapabilityName;
import dev.palimpsest.audit.PairBrief;
import dev.palimpsest.audit.PairedOutcome.Change;
import dev.palimpsest.audit.Points;
import dev.palimpsest.audit.plan.PlannedPolicy;
import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.audit.plan.PolicyGate;
import dev.palimpsest.audit.plan.RareBound;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The conditions of a policy on one suite and tuned arm.
 *
 * @param alpha one-sided level of the gates
 */
record PolicyConditions(PlannedPolicy policy, PlannedSuite suite, String tuned, double alpha) {
  /** One lost item is enough; one without a score may be lost. */
  List<Condition> severe(List<PairBrief> pairs) {
    return policy.severe().getOrDefault(suite.suite(), List.of()).stream()
        .map(id -> severe(id, pairs))
        .toList();
  }

  private Condition severe(String id, List<PairBrief> pairs) {
    Change change =
        pairs.stream()
            .filter(pair -> pair.itemId().equals(id))
            .map(PairBrief::change)
            .findFirst()
            .orElse(Change.NOT_COMPARABLE);
    Condition.Result result =
        switch (change) {
          case LOST -> Condition.Result.FAIL;
          case NOT_COMPARABLE -> Condition.Result.NOT_PROVEN;
          case GAINED, BOTH_RIGHT -> Condition.Result.PASS;
          case BOTH_WRONG -> Condition.Result.NOT_JUDGED;
        };
    String what =
        switch (change) {
          case LOST -> "is lost: the base has it right and " + tuned + " wrong";
          case NOT_COMPARABLE -> "has no score on one of the sides, so that it may be lost";
          case GAINED, BOTH_RIGHT -> "is right";
          case BOTH_WRONG -> "is wrong on the base too, which has nothing there to lose";
        };
    return condition(
        Condition.Kind.SEVERE, "severe:" + id, result, "The severe item " + id + " " + what + ".");
  }

  List<Condition> rare(List<PairBrief> pairs, Conditions.Texts texts) {
    return policy.policy().rare().stream()
        .filter(bound -> bound.suite().equals(suite.suite()))
        .map(bound -> rare(bound, RareEvents.of(bound, suite, tuned, pairs, texts)))
        .toList();
  }

  private Condition rare(RareBound bound, RareEvents events) {
    return condition(
        Condition.Kind.RARE,
        "rare:" + bound.rate().name().toLowerCase(Locale.ROOT),
        events.judge(bound.max(), alpha),
        name() + ": " + events.sentence(bound, alpha));
  }

  /** Judges each tier that has a gate as if it were a suite of its own. */
  List<Condition> tiers(List<PairBrief> pairs) {
    List<Condition> conditions = new ArrayList<>();
    Map<String, PolicyGate.TierGate> tiers =
        policy.policy().gate(suite.suite()).map(PolicyGate::tiers).orElse(Map.of());
    new TreeMap<>(tiers).forEach((tier, gate) -> conditions.add(tier(tier, gate.maxDrop(), pairs)));
    return conditions;
  }

  private Condition tier(String tier, double maxDrop, List<PairBrief> pairs) {
    PlannedSuite part = Tiers.part(suite, tier, maxDrop);
    Finding finding =
        Findings.alone(
            part,
            tuned,
            pairs.stream().filter(pair -> part.itemIds().contains(pair.itemId())).toList(),
            alpha);
    boolean unjudged = Unjudged.reason(part, finding).isPresent();
    Condition.Result result =
        finding.verdict().passes()
            ? Condition.Result.PASS
            : finding.verdict() == Verdict.FAILED
                ? Condition.Result.FAIL
                : unjudged ? Condition.Result.NOT_JUDGED : Condition.Result.NOT_PROVEN;
    return condition(
        Condition.Kind.TIER,
        "tier:" + tier,
        result,
        "Of the tier " + tier + " alone: " + finding.sentence());
  }

  /** A gain is shown where the whole interval lies above what is asked for. */
  List<Condition> gain(Finding finding) {
    return policy.policy().gate(suite.suite()).flatMap(PolicyGate::minGain).stream()
        .map(asked -> gain(finding, asked))
        .toList();
  }

  private Condition gain(Finding finding, double asked) {
    boolean scored = finding.verdict() != Verdict.UNINFORMATIVE || finding.n() > 0;
    Condition.Result result =
        scored && finding.ciLow() > asked && enough(finding)
            ? Condition.Result.PASS
            : scored && finding.ciHigh() <= asked
                ? Condition.Result.FAIL
                : Condition.Result.NOT_PROVEN;
    String more = asked == 0 ? "any gain" : "a gain of more than " + Points.of(asked) + " points";
    String word =
        switch (result) {
          case PASS -> " is shown";
          case FAIL -> " was asked for and is ruled out";
          default -> " was asked for and is not shown";
        };
    return condition(
        Condition.Kind.MIN_GAIN,
        "minGain",
        result,
        name()
            + ": "
            + more
            + word
            + ", at "
            + Points.signed(finding.delta())
            + " points ("
            + Points.intervalLabel(1 - 2 * alpha)
            + " "
            + Points.signed(finding.ciLow())
            + " to "
            + Points.signed(finding.ciHigh())
            + ").");
  }

  /** What is missing may be what was not gained. */
  private static boolean enough(Finding finding) {
    int all = finding.n() + finding.notComparable();
    return finding.n() >= FindingsDoubt.FEWEST_PAIRS
        && finding.notComparable() <= FindingsDoubt.LARGEST_SHARE_NOT_COMPARABLE * all;
  }

  private String name() {
    return CapabilityName.subject(suite.capability());
  }

  private Condition condition(
      Condition.Kind kind, String name, Condition.Result result, String sentence) {
    return new Condition(tuned, suite.suite(), name, kind, result, sentence);
  }
}
