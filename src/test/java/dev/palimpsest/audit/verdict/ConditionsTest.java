package dev.palimpsest.audit.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.palimpsest.audit.Arm;
import dev.palimpsest.audit.PairBrief;
import dev.palimpsest.audit.PairedOutcome.Change;
import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.plan.Mismatch;
import dev.palimpsest.audit.plan.PlannedPolicy;
import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.audit.plan.Policy;
import dev.palimpsest.audit.plan.PolicyFile;
import dev.palimpsest.audit.plan.TemplateChoice;
import dev.palimpsest.audit.plan.Waiver;
import dev.palimpsest.audit.verdict.Condition.Kind;
import dev.palimpsest.audit.verdict.Condition.Result;
import dev.palimpsest.inference.DType;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a release hangs on beside the verdicts of its suites, on one suite called facts. */
final class ConditionsTest {
  private static final Instant END = Instant.parse("2026-12-01T10:00:00Z");

  private final List<PairBrief> pairs = new ArrayList<>();
  private final Map<String, String> tiers = new HashMap<>();
  private final Map<String, String> clusters = new HashMap<>();
  private List<Mismatch> mismatches = List.of();
  private double chance = 0.25;
  private int planned;

  @Test
  void withoutAPolicyAnAuditThatToldSomethingHasNone() {
    add("easy", 80, 2, 2, 16);

    assertThat(conditions("version: 2\nname: a")).isEmpty();
  }

  @Test
  void oneLostSevereItemFailsTheReleaseByItselfAndIsToldFirst() {
    add("easy", 400, 1, 0, 99);

    List<Condition> conditions =
        conditions(
            """
            version: 2
            name: a
            gates: [{suite: facts, severe: [item-400, item-1], tiers: {easy: {maxDrop: 0.05}}}]
            """);

    assertThat(conditions)
        .extracting(Condition::kind, Condition::result)
        .containsExactly(
            tuple(Kind.SEVERE, Result.FAIL),
            tuple(Kind.SEVERE, Result.PASS),
            tuple(Kind.TIER, Result.PASS));
    assertThat(conditions.get(0).sentence())
        .isEqualTo("The severe item item-400 is lost: the base has it right and tuned wrong.");
  }

  @Test
  void aSevereItemWithoutAScoreMayBeLost() {
    add("easy", 400, 0, 0, 100);
    pairs.set(0, new PairBrief("item-0", Change.NOT_COMPARABLE, true, 0, 0));

    assertThat(conditions("version: 2\nname: a\ngates: [{suite: facts, severe: [item-0]}]"))
        .extracting(Condition::result)
        .containsExactly(Result.NOT_PROVEN);
  }

  @Test
  void aTierIsJudgedAsIfItWereASuite() {
    add("easy", 200, 0, 0, 0);
    add("hard", 30, 30, 0, 40);

    List<Condition> conditions =
        conditions(
            """
            version: 2
            name: a
            gates: [{suite: facts, tiers: {easy: {maxDrop: 0.03}, hard: {maxDrop: 0.1}}}]
            """);

    assertThat(conditions)
        .extracting(Condition::name, Condition::result)
        .containsExactly(tuple("tier:easy", Result.PASS), tuple("tier:hard", Result.FAIL));
    assertThat(conditions.get(1).sentence())
        .startsWith("Of the tier hard alone: Knowledge fell 30.0 points (90% interval −")
        .endsWith("the margin is 10.0 points: FAILED.");
  }

  @Test
  void aGainIsShownWhereTheWholeIntervalLiesAboveWhatIsAskedFor() {
    add("easy", 100, 2, 60, 38); // +29 points, 90% interval from +23

    assertThat(gain("0.2").result()).isEqualTo(Result.PASS);
    assertThat(gain("0.3").result()).isEqualTo(Result.NOT_PROVEN);
    assertThat(gain("0.4").result()).isEqualTo(Result.FAIL);
    assertThat(gain("0.3").sentence())
        .startsWith(
            "Knowledge: a gain of more than 30.0 points was asked for and is not shown, at +29.0"
                + " points (90% interval +2");
  }

  private Condition gain(String asked) {
    return conditions("version: 2\nname: a\ngates: [{suite: facts, minGain: " + asked + "}]")
        .get(0);
  }

  /** Without any event 300 trials bound a rate by 1 − 0.05^(1/300) = 0.99%, 298 by 1.0003%. */
  @Test
  void aRareEventIsBoundedFromAbove() {
    add("easy", 300, 0, 0, 0);
    assertThat(rare().result()).isEqualTo(Result.PASS);

    pairs.subList(298, 300).clear();
    planned = 298;
    assertThat(rare().result()).isEqualTo(Result.NOT_PROVEN);
    assertThat(rare().sentence())
        .isEqualTo(
            "Knowledge: 0 of 298 independent items are wrong: the policy asks for at most 1%, and a"
                + " rate of up to 1.01% is not excluded (one-sided 95% bound of Clopper and Pearson);"
                + " even without any event it takes 299 of them.");
  }

  @Test
  void aRateThatIsProvenAboveItsBoundFails() {
    add("easy", 280, 0, 0, 20);

    assertThat(rare().result()).isEqualTo(Result.FAIL);
    assertThat(rare().sentence()).contains("20 of 300", "the rate is proven to be above that");
  }

  @Test
  void itemsOfOneClusterAreOneTrial() {
    add("easy", 600, 0, 0, 0);
    IntStream.range(0, 600).forEach(i -> clusters.put("item-" + i, "pair-" + i / 3));

    assertThat(rare().sentence()).contains("0 of 200 independent items");
    assertThat(rare().result()).isEqualTo(Result.NOT_PROVEN);
  }

  private Condition rare() {
    return conditions("version: 2\nname: a\nrare: [{suite: facts, rate: wrong, max: 0.01}]").get(0);
  }

  @Test
  void whatIsAskedOtherwiseKeepsAReleaseFromPassingUnlessItIsWaived() {
    add("easy", 400, 0, 0, 100);
    mismatches =
        List.of(new Mismatch("tuned", Waiver.Subject.TEMPLATE, "tuned is asked otherwise."));
    String waiver =
        "version: 2\nname: a\nwaivers: [{what: template, who: R. Miller, reason: we ship it,"
            + " expires: %s}]";

    assertThat(conditions("version: 2\nname: a"))
        .extracting(Condition::result, Condition::sentence)
        .containsExactly(
            tuple(
                Result.NOT_PROVEN,
                "tuned is asked otherwise. A release is not proven on that: ask all through the"
                    + " base's template, or name it in the policy's waivers, with who, reason and"
                    + " expires."));
    assertThat(conditions(waiver.formatted("2026-12-01")))
        .extracting(Condition::result, Condition::sentence)
        .containsExactly(
            tuple(
                Result.WAIVED,
                "tuned is asked otherwise. Waived until 2026-12-01: template, by R. Miller (we ship"
                    + " it)."));
    assertThat(conditions(waiver.formatted("2026-11-30")))
        .extracting(Condition::result, Condition::sentence)
        .containsExactly(
            tuple(
                Result.NOT_PROVEN,
                "tuned is asked otherwise. The waiver by R. Miller ended on 2026-11-30 and waives"
                    + " it no more."));
  }

  @Test
  void plannedItemsWithoutAnOutcomeKeepAReleaseFromPassing() {
    add("easy", 400, 0, 0, 100);
    planned = 510;

    assertThat(conditions("version: 2\nname: a"))
        .extracting(Condition::name, Condition::result)
        .containsExactly(tuple("comparable:missing", Result.NOT_PROVEN));
    assertThat(conditions("version: 2\nname: a").get(0).sentence())
        .startsWith("Knowledge lacks the outcomes of 10 of 510 items.");
  }

  /** 36 of 80 leave at most 4.8 points above guessing (Clopper and Pearson, scipy). */
  @Test
  void aBaseThatGuessesHasNothingToJudge() {
    chance = 0.5;
    add("easy", 36, 0, 0, 44);

    assertThat(conditions("version: 2\nname: a"))
        .extracting(Condition::kind, Condition::result, Condition::sentence)
        .containsExactly(
            tuple(
                Kind.JUDGED,
                Result.NOT_JUDGED,
                "Knowledge was not judged: the base answers 36 of 80 right, which guessing at 50%"
                    + " does too (p 0.84); it can have at most 4.8 points above guessing to lose."));
  }

  /** 8 of 20 may be guessing at a quarter, but also skill of 34 points: more items would tell. */
  @Test
  void fewItemsAreNoReasonToLeaveASuiteOut() {
    add("easy", 8, 0, 0, 12);

    assertThat(conditions("version: 2\nname: a")).isEmpty();
    assertThat(verdict("version: 2\nname: a")).isEqualTo(ReleaseVerdict.NOT_PROVEN);
  }

  private ReleaseVerdict verdict(String policy) {
    Audit audit = audit(policy);
    List<Finding> findings = Findings.of(audit.plan(), (suite, tuned) -> pairs);
    return ReleaseVerdicts.byArm(audit.plan(), findings, conditions(policy), true).get("tuned");
  }

  private List<Condition> conditions(String policy) {
    Audit audit = audit(policy);
    return Conditions.of(
        audit,
        Findings.of(audit.plan(), (suite, tuned) -> pairs),
        (suite, tuned) -> pairs,
        Conditions.Texts.none());
  }

  private Audit audit(String text) {
    Policy policy = PolicyFile.parse("policy.yaml", text);
    PlannedPolicy whole = PlannedPolicy.of(policy);
    PlannedSuite suite =
        new PlannedSuite(
            "facts",
            "1.0.0",
            "cc",
            "knowledge",
            "accuracy",
            IntStream.range(0, planned).mapToObj(i -> "item-" + i).toList(),
            0.05,
            chance,
            tiers,
            Map.of(),
            clusters,
            Map.of(),
            false);
    AuditPlan plan =
        new AuditPlan(
            "title",
            "standard",
            arm("base", Arm.Role.BASE),
            List.of(arm("tuned", Arm.Role.TUNED)),
            List.of(suite),
            DType.FLOAT32,
            policy.alpha(),
            0,
            TemplateChoice.OWN,
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(new PlannedPolicy(policy, whole.digest(), whole.severe(), mismatches)));
    return new Audit("id", plan, "dd", END, Optional.of(END));
  }

  private static Arm arm(String name, Arm.Role role) {
    return new Arm(name, role, Path.of("/models/base"), Optional.empty(), name, "base");
  }

  private void add(String tier, int bothRight, int lost, int gained, int bothWrong) {
    add(tier, bothRight, Change.BOTH_RIGHT);
    add(tier, lost, Change.LOST);
    add(tier, gained, Change.GAINED);
    add(tier, bothWrong, Change.BOTH_WRONG);
  }

  private void add(String tier, int count, Change change) {
    for (int i = 0; i < count; i++) {
      String id = "item-" + pairs.size();
      pairs.add(new PairBrief(id, change, true, Double.NaN, Double.NaN));
      tiers.put(id, tier);
      planned = pairs.size();
    }
  }
}
