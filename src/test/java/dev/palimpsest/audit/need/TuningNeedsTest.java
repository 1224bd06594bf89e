package dev.palimpsest.audit.need;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.audit.Arm;
import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.audit.plan.Plans;
import dev.palimpsest.audit.plan.PromptArm;
import dev.palimpsest.audit.plan.PromptArm.Way;
import dev.palimpsest.inference.DType;
import dev.palimpsest.stats.ExactUnconditional;
import dev.palimpsest.stats.PairedTable;
import dev.palimpsest.suite.Conversation;
import dev.palimpsest.suite.prompted.Prompting;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is said of a tune beside the ways to ask its base. */
final class TuningNeedsTest {
  private static final int ITEMS = 100;

  private final Map<String, Map<String, Boolean>> scores = new HashMap<>();

  /** Lays down which items an arm has right: those from one number to before another. */
  private TuningNeedsTest arm(String arm, int from, int to) {
    Map<String, Boolean> right = new HashMap<>();
    IntStream.range(0, ITEMS).forEach(i -> right.put("i-" + i, i >= from && i < to));
    scores.put(arm, right);
    return this;
  }

  private static AuditPlan plan(Map<String, String> clusters, Way... ways) {
    Arm base = Plans.small().base();
    Arm tuned = Plans.small().tuned().get(0);
    PlannedSuite suite =
        new PlannedSuite(
            "tickets",
            "1.0.0",
            "cc",
            "tickets",
            "pass_rate",
            IntStream.range(0, ITEMS).mapToObj(i -> "i-" + i).toList(),
            0.1,
            0,
            Map.of(),
            Map.of(),
            clusters,
            Map.of(),
            true);
    List<PromptArm> arms =
        List.of(ways).stream()
            .flatMap(
                way ->
                    (way.competes() ? List.of("base") : List.of("base", "tuned"))
                        .stream().map(of -> prompt(way, of)))
            .toList();
    return new AuditPlan(
            "need", "quick", base, List.of(tuned), List.of(suite), DType.FLOAT32, 0.05, 0)
        .prompted(arms);
  }

  private static PromptArm prompt(Way way, String of) {
    return new PromptArm(
        way.competes() ? way.label() : way.label() + " " + of,
        of,
        way,
        "",
        List.of(Prompting.of("tickets", Conversation.NONE)));
  }

  private TuningNeeds needs(Way... ways) {
    return needs(plan(Map.of(), ways));
  }

  private TuningNeeds needs(AuditPlan plan) {
    return new TuningNeeds(plan, (suite, arm) -> scores.get(arm));
  }

  private TuningNeed only(Way... ways) {
    return needs(ways).all().get(0);
  }

  @Test
  void aTuneEarnsItsPlaceWhereItIsBetterThanEveryWay() {
    arm("base", 0, 0).arm("few-shot", 0, 30).arm("system-prompt", 0, 10).arm("tuned", 0, 80);
    TuningNeed need = only(Way.FEW_SHOT, Way.SYSTEM_PROMPT);
    assertThat(need.word()).isEqualTo(NeedWord.EARNED);
    assertThat(need.best()).isEqualTo("few-shot");
    assertThat(need.bestRival().orElseThrow().difference().value()).isEqualTo(0.5);
    assertThat(need.sentence())
        .contains("tuned has 80% of 100 items right", "after worked examples (few-shot) 30%")
        .contains("+50.0 points", "The tune earns its place", "in all 3 ways");
  }

  @Test
  void againOverThePlainBaseAloneCountsForNothing() {
    arm("base", 0, 0).arm("few-shot", 0, 97).arm("tuned", 0, 96);
    TuningNeed need = only(Way.FEW_SHOT);
    assertThat(need.word()).isEqualTo(NeedWord.PROMPT);
    assertThat(need.sentence()).contains("A prompt was enough", "better by less than 10.0 points");
  }

  @Test
  void whatAPromptDoesIsSaidBeforeWhatPassagesDo() {
    arm("base", 0, 0).arm("few-shot", 0, 96).arm("with-context", 0, 96).arm("tuned", 0, 96);
    assertThat(only(Way.WITH_CONTEXT).word()).isEqualTo(NeedWord.RETRIEVE);
    assertThat(only(Way.FEW_SHOT, Way.WITH_CONTEXT).word()).isEqualTo(NeedWord.PROMPT);
  }

  @Test
  void aTuneThatIsOnlyALittleBetterIsNotDecided() {
    arm("base", 0, 0).arm("few-shot", 0, 80).arm("tuned", 8, 94);
    TuningNeed need = only(Way.FEW_SHOT);
    assertThat(need.word()).isEqualTo(NeedWord.OPEN);
    assertThat(need.sentence()).contains("Not decided");
  }

  @Test
  void thePlainBaseIsAWayToo() {
    arm("base", 0, 90).arm("few-shot", 0, 20).arm("tuned", 0, 90);
    TuningNeed need = only(Way.FEW_SHOT);
    assertThat(need.word()).isEqualTo(NeedWord.PROMPT);
    assertThat(need.sentence()).contains("asked plainly", "No prompt was needed");
  }

  @Test
  void onlyItemsThatEveryArmHasAScoreForAreCounted() {
    arm("base", 0, 0).arm("few-shot", 0, 0).arm("tuned", 0, 50);
    scores.get("few-shot").remove("i-7");
    scores.get("base").remove("i-8");
    TuningNeed need = only(Way.FEW_SHOT);
    assertThat(need.n()).isEqualTo(98);
    assertThat(need.notComparable()).isEqualTo(2);
    assertThat(need.tunedScore()).isEqualTo(48.0 / 98);
  }

  @Test
  void withoutAnyOutcomeNothingIsDecided() {
    scores.put("base", Map.of());
    scores.put("few-shot", Map.of());
    scores.put("tuned", Map.of());
    TuningNeed need = only(Way.FEW_SHOT);
    assertThat(need.word()).isEqualTo(NeedWord.OPEN);
    assertThat(need.n()).isZero();
    assertThat(need.bestRival()).isEmpty();
  }

  /** Ten clusters that turn as wholes tell less than a hundred items that turn alone. */
  @Test
  void clustersWidenTheIntervalAndMayTakeTheProofAway() {
    arm("base", 0, 0).arm("few-shot", 20, 60).arm("tuned", 0, 55);
    Map<String, String> clusters = new HashMap<>();
    IntStream.range(0, ITEMS).forEach(i -> clusters.put("i-" + i, "c-" + i / 20));
    Difference alone = only(Way.FEW_SHOT).rivals().get(1).difference();
    Difference together =
        needs(plan(clusters, Way.FEW_SHOT)).all().get(0).rivals().get(1).difference();
    assertThat(together.value()).isEqualTo(alone.value());
    assertThat(together.interval().low()).isLessThan(alone.interval().low());
    assertThat(alone.pAbove()).isLessThan(together.pAbove());
  }

  @Test
  void aDifferenceIsThatOfTheExactTestWhereItemsStandAlone() {
    arm("base", 0, 0).arm("few-shot", 10, 40).arm("tuned", 0, 60);
    Difference difference = only(Way.FEW_SHOT).rivals().get(1).difference();
    PairedTable table = new PairedTable(30, 0, 30, 40);
    assertThat(difference.table()).isEqualTo(table);
    assertThat(difference.interval().low())
        .isLessThanOrEqualTo(-ExactUnconditional.interval(table, 0.05).high());
    assertThat(difference.pAbove()).isLessThan(2e-4);
  }

  @Test
  void aTuneThatGoesByItsMemoryFollowsItsContextLess() {
    arm("base", 0, 0).arm("with-context", 0, 90).arm("tuned", 0, 90);
    arm("swapped-context base", 0, 90).arm("swapped-context tuned", 0, 40);
    ContextFollowing one = needs(Way.WITH_CONTEXT, Way.SWAPPED_CONTEXT).following().get(0);
    assertThat(one.word()).isEqualTo(NeedWord.FOLLOWS_LESS);
    assertThat(one.difference().value()).isEqualTo(-0.5);
    assertThat(one.sentence())
        .contains("90% of 100 items", "the tune in 40%", "less than its base");
  }

  @Test
  void aTuneThatReadsAsBeforeFollowsItsContext() {
    arm("base", 0, 0).arm("with-context", 0, 90).arm("tuned", 0, 90);
    arm("swapped-context base", 0, 90).arm("swapped-context tuned", 0, 89);
    assertThat(needs(Way.WITH_CONTEXT, Way.SWAPPED_CONTEXT).following().get(0).word())
        .isEqualTo(NeedWord.FOLLOWS);
    assertThat(needs(Way.WITH_CONTEXT).following()).isEmpty();
  }
}
