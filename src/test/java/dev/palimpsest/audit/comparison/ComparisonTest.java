package dev.palimpsest.audit.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.palimpsest.audit.AuditException;
import dev.palimpsest.audit.comparison.SuiteComparison.Standing;
import dev.palimpsest.inference.DType;
import dev.palimpsest.stats.McNemar;
import dev.palimpsest.stats.PairedTable;
import dev.palimpsest.stats.Tango;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ComparisonTest {
  /** One audit of ten items and two tunes of one base. */
  private final Scored one =
      new Scored("one")
          .base("base", "b")
          .tuned("lora", "l")
          .tuned("full", "f")
          .suite("facts", "1.0.0", 0, 10)
          .scores("facts", "base", 0, "++++++++--")
          .scores("facts", "lora", 0, "+++++++---")
          .scores("facts", "full", 0, "++-------+");

  @Test
  void twoCheckpointsOfOneAuditArePairedOnTheirItems() {
    SuiteComparison facts = compare(one, "lora", one, "full").suites().get(0);
    assertThat(facts.change().n()).isEqualTo(10);
    assertThat(facts.lost()).containsExactly("facts-2", "facts-3", "facts-4", "facts-5", "facts-6");
    assertThat(facts.gained()).containsExactly("facts-9");
    PairedTable table = new PairedTable(2, 5, 1, 2);
    assertThat(facts.change().delta()).isCloseTo(-0.4, within(1e-12));
    assertThat(facts.change().interval()).isEqualTo(Tango.interval(table, 0.90).negated());
    assertThat(facts.change().p()).isEqualTo(McNemar.midP(table));
    assertThat(facts.left().orElseThrow().delta()).isCloseTo(-0.1, within(1e-12));
    assertThat(facts.right().orElseThrow().delta()).isCloseTo(-0.5, within(1e-12));
    assertThat(facts.twoByTwo()).isEmpty();
  }

  @Test
  void whereAnswersDecidedWhichItemsWereAskedNothingIsProven() {
    assertThat(compare(one, "lora", one, "full").caution()).isEmpty();
    one.depth("certify");
    assertThat(compare(one, "lora", one, "full").caution())
        .contains("describe these items and prove nothing", "by the standard plan");
  }

  @Test
  void ofTwoAuditsTheItemsThatBothAskedAndScoredAreShared() {
    Scored other =
        new Scored("other")
            .base("base", "b")
            .tuned("later", "x")
            .suite("facts", "1.0.0", 6, 10)
            .scores("facts", "base", 6, "++--++++++")
            .scores("facts", "later", 6, "+.--++++++");
    SuiteComparison facts = compare(one, "lora", other, "later").suites().get(0);
    assertThat(facts.leftItems()).isEqualTo(10);
    assertThat(facts.rightItems()).isEqualTo(10);
    assertThat(facts.sharedItems()).isEqualTo(4);
    assertThat(facts.change().n()).isEqualTo(3);
    assertThat(facts.twoByTwo()).as("both bases answered alike").isEmpty();
  }

  @Test
  void suitesOfOtherVersionsAndThoseThatOneDidNotAskAreNamedAndNotCompared() {
    Scored other =
        new Scored("other")
            .base("base", "b")
            .tuned("later", "x")
            .suite("facts", "2.0.0", 0, 10)
            .suite("deeds", "1.0.0", 0, 10);
    Comparison found = compare(one, "lora", other, "later");
    assertThat(found.suites()).isEmpty();
    assertThat(found.notCompared())
        .extracting(Comparison.NotCompared::suite, Comparison.NotCompared::why)
        .containsExactly(
            tuple("facts", "asked in other versions, 1.0.0 and 2.0.0"),
            tuple("deeds", "not asked of lora"));
    assertThat(found.sentence())
        .isEqualTo("later and lora share no items, so there is nothing to compare.");
  }

  @Test
  void aChangeIsCalledProvenOnlyAmongAllThatWereLookedAt() {
    Scored many = new Scored("many").base("base", "b").tuned("a", "1").tuned("b", "2");
    for (int i = 1; i <= 6; i++) {
      String suite = "suite-" + i;
      many.suite(suite, "1.0.0", 0, 40)
          .scores(suite, "base", 0, "+".repeat(40))
          .scores(suite, "a", 0, "+".repeat(40))
          .scores(suite, "b", 0, i == 1 ? "-".repeat(9) + "+".repeat(31) : "+".repeat(40));
    }
    many.scores("suite-2", "b", 0, "-".repeat(5) + "+".repeat(35));
    Comparison found = compare(many, "a", many, "b");
    assertThat(found.suites().get(0).standing()).isEqualTo(Standing.WORSE);
    assertThat(found.suites().get(1).change().fell()).isTrue();
    assertThat(found.suites().get(1).pHolm()).isGreaterThan(0.05);
    assertThat(found.suites().get(1).standing()).isEqualTo(Standing.NOT_TOLD_APART);
    assertThat(found.sentence())
        .startsWith("b beside a: worse in suite-1 (−22.5 points, ")
        .endsWith("; not told apart in 5 capabilities.");
  }

  @Test
  void itemsOfOneClusterWidenTheInterval() {
    Map<String, String> pairs = new HashMap<>();
    for (int i = 0; i < 10; i++) {
      pairs.put("facts-" + i, "pair-" + i / 5);
    }
    Scored clustered =
        new Scored("clustered")
            .base("base", "b")
            .tuned("lora", "l")
            .tuned("full", "f")
            .clusters(pairs)
            .suite("facts", "1.0.0", 0, 10)
            .scores("facts", "lora", 0, "+++++++---")
            .scores("facts", "full", 0, "++-------+");
    Change apart = compare(one, "lora", one, "full").suites().get(0).change();
    Change together = compare(clustered, "lora", clustered, "full").suites().get(0).change();
    assertThat(together.interval().low()).isLessThan(apart.interval().low());
    assertThat(together.interval().high()).isGreaterThan(apart.interval().high());
  }

  /**
   * A base of 200 items right on 160. Tuning at 16 bit costs 20 items. Quantising costs the base
   * 10; the quantised tune loses 50 more of what the quantised base knew: 30 by both together.
   */
  @Test
  void aTwoByTwoSaysWhatTuningQuantisingAndBothTogetherDid() {
    String full = "+".repeat(160) + "-".repeat(40);
    String quantised = "+".repeat(150) + "-".repeat(50);
    Scored sixteen =
        audit("sixteen", "base", "b16", full, "tuned", "f16", "+".repeat(140) + "-".repeat(60));
    Scored four =
        audit(
            "four",
            "base-q4",
            "bq",
            quantised,
            "tuned-q4",
            "fq",
            "+".repeat(100) + "-".repeat(100));
    Comparison found = compare(sixteen, "tuned", four, "tuned-q4");
    TwoByTwo facts = found.suites().get(0).twoByTwo().orElseThrow();
    assertThat(facts.n()).isEqualTo(200);
    assertThat(facts.tuning().delta()).isCloseTo(-0.10, within(1e-12));
    assertThat(facts.tuningOfRight().delta()).isCloseTo(-0.25, within(1e-12));
    assertThat(facts.base().delta()).isCloseTo(-0.05, within(1e-12));
    assertThat(facts.contrast()).isCloseTo(-0.15, within(1e-12));
    assertThat(facts.whole().delta())
        .isCloseTo(facts.tuning().delta() + facts.base().delta() + facts.contrast(), within(1e-12));
    assertThat(facts.interval().high()).isNegative();
    assertThat(facts.p()).isLessThan(0.001);
    assertThat(facts.sentence())
        .startsWith(
            "From base to tuned-q4 the score changes by −30.0 points: −10.0 by tuning, −5.0 by the"
                + " other base, −15.0 by both together (90% interval −")
        .endsWith("Tuning costs more on base-q4 than on base: neither alone explains it.");
  }

  @Test
  void whereTheTwoDoNotAddToEachOtherTheLossIsGivenToTheOneThatShowsIt() {
    String full = "+".repeat(160) + "-".repeat(40);
    String less = "+".repeat(120) + "-".repeat(80);
    Scored sixteen = audit("sixteen", "base", "b16", full, "tuned", "f16", full);
    Scored four = audit("four", "base-q4", "bq", less, "tuned-q4", "fq", less);
    assertThat(compare(sixteen, "tuned", four, "tuned-q4").suites().get(0).twoByTwo())
        .hasValueSatisfying(
            found ->
                assertThat(found.sentence())
                    .endsWith("The loss that shows is the other base's; tuning shows none."));
  }

  @Test
  void allFourMayBeArmsOfOneAudit() {
    Scored all =
        new Scored("all")
            .base("base", "b16")
            .tuned("base-q4", "bq")
            .tuned("tuned", "f16")
            .tuned("tuned-q4", "fq")
            .suite("facts", "1.0.0", 0, 8)
            .scores("facts", "base", 0, "++++++--")
            .scores("facts", "base-q4", 0, "+++++---")
            .scores("facts", "tuned", 0, "++++++--")
            .scores("facts", "tuned-q4", 0, "++------");
    Comparison found =
        Comparison.of(all.side("tuned"), all.side("tuned-q4", "base-q4"), Scored.of(all));
    assertThat(found.right().base()).isEqualTo("base-q4");
    assertThat(found.suites().get(0).twoByTwo().orElseThrow().contrast())
        .isCloseTo(-3.0 / 8, within(1e-12));
  }

  @Test
  void aBaseMayBeComparedAndHasNothingToBeSeenAgainst() {
    SuiteComparison facts = compare(one, "base", one, "full").suites().get(0);
    assertThat(facts.left()).isEmpty();
    assertThat(facts.change().delta()).isEqualTo(facts.right().orElseThrow().delta());
  }

  @Test
  void whatElseDiffersIsListedWithWhetherScoresMayDifferForIt() {
    Scored other =
        new Scored("other")
            .base("base-q4", "q")
            .tuned("later", "x")
            .in(DType.BFLOAT16)
            .suite("facts", "2.0.0", 0, 10);
    List<PlanDifference> found = compare(one, "lora", other, "later").differences();
    assertThat(found)
        .contains(
            new PlanDifference("Base", "base (b)", "base-q4 (q)", true),
            new PlanDifference("Computed in", "float32", "bfloat16", true),
            new PlanDifference("Suite facts", "1.0.0 (facts1.0.0)", "2.0.0 (facts2.0.0)", true));
    assertThat(found).extracting(PlanDifference::what).doesNotContain("Seed of the draw", "Engine");
  }

  @Test
  void anArmThatIsNotThereAndOneThatIsNotNamedAreSaid() {
    assertThatThrownBy(() -> one.side("nobody"))
        .isInstanceOf(AuditException.class)
        .hasMessage("Audit one has no checkpoint nobody; it has base, lora, full.");
    assertThatThrownBy(() -> one.side(""))
        .isInstanceOf(AuditException.class)
        .hasMessage("Audit one has several checkpoints (lora, full); name one, as one:lora.");
    assertThat(ArmAddress.of("one:a:b", "")).isEqualTo(new ArmAddress("one", "a:b", ""));
    assertThat(ArmAddress.of("one", "").text()).isEqualTo("one");
  }

  private static Scored audit(
      String id, String base, String baseDigest, String ofBase, String tuned, String d, String of) {
    return new Scored(id)
        .base(base, baseDigest)
        .tuned(tuned, d)
        .suite("facts", "1.0.0", 0, 200)
        .scores("facts", base, 0, ofBase)
        .scores("facts", tuned, 0, of);
  }

  private static Comparison compare(Scored left, String first, Scored right, String second) {
    return Comparison.of(left.side(first), right.side(second), Scored.of(left, right));
  }
}
