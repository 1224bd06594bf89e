package dev.palimpsest.audit.choice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.audit.Arm;
import dev.palimpsest.audit.PairBrief;
import dev.palimpsest.audit.PairedOutcome.Change;
import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.plan.ChoicePlan;
import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.audit.verdict.ReleaseVerdict;
import dev.palimpsest.inference.DType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * One adapter at three scales on 400 items of knowledge and 400 of its own skill; what each loses
 * and gains on either half is laid down.
 */
final class ChoosingTest {
  private static final int ITEMS = 400;
  private static final long SEED = 3;
  private static final List<Double> SCALES = List.of(0.25, 0.5, 1.0);

  private final Map<String, List<PairBrief>> pairs = new HashMap<>();

  /** Every scale gains alike from 0.5 on, and the largest loses 30 points. */
  @Test
  void theScaleThatKeepsTheGainAndLosesLeastIsChosenOnAAndCertifiedOnB() {
    at("sql@0.25", lost(0, 0), gained(10, 10));
    at("sql@0.5", lost(1, 1), gained(80, 80));
    at("sql", lost(60, 60), gained(84, 84));

    Choice choice = choose(plan(ChoicePlan.Rule.HALVES, true));

    assertThat(choice.chosen()).contains("sql@0.5");
    assertThat(choice.why())
        .isEqualTo(
            "On half A sql@0.5 is chosen: it keeps the gain (+40.0 points, within one standard error of"
                + " the largest) and lost the smallest share of a margin; of 3 scales one is barred"
                + " (sql: knowledge fell 30.0 points, with a margin of 5.0).");
    Choice.Certificate certificate = choice.certificate().orElseThrow();
    assertThat(certificate.verdict()).isEqualTo(ReleaseVerdict.PASS);
    assertThat(certificate.items()).isEqualTo(ITEMS);
    assertThat(certificate.findings()).allMatch(finding -> finding.tuned().equals("sql@0.5"));
    assertThat(certificate.sentence())
        .startsWith(
            "On half B (400 items, judged once) sql@0.5 passes every gate; sql skill +40.0");
  }

  /** On half B alone the choice would be another: it may not show. */
  @Test
  void halfBHasNoPartInTheChoiceAndHalfANoneInTheCertificate() {
    at("sql@0.25", lost(0, 0), gained(10, 90));
    at("sql@0.5", lost(1, 60), gained(80, 0));
    at("sql", lost(60, 0), gained(84, 90));

    Choice choice = choose(plan(ChoicePlan.Rule.HALVES, true));

    assertThat(choice.chosen()).contains("sql@0.5");
    assertThat(choice.certificate().orElseThrow().verdict()).isEqualTo(ReleaseVerdict.FAIL);
    assertThat(choice.certificate().orElseThrow().sentence()).contains("fails (knowledge: failed)");
  }

  @Test
  void withoutASuiteOfTheSkillTheLargestScaleThatIsNotBarredIsTaken() {
    at("sql@0.25", lost(0, 0), gained(0, 0));
    at("sql@0.5", lost(2, 2), gained(0, 0));
    at("sql", lost(60, 60), gained(0, 0));

    Choice choice = choose(plan(ChoicePlan.Rule.HALVES, false));

    assertThat(choice.chosen()).contains("sql@0.5");
    assertThat(choice.why()).contains("no suite asks for the skill");
    assertThat(choice.entrants()).allMatch(one -> one.gain().isEmpty());
  }

  @Test
  void whereEachLosesTooMuchNoneIsChosenAndNothingIsCertified() {
    SCALES.forEach(scale -> at(name(scale), lost(60, 0), gained(80, 80)));

    Choice choice = choose(plan(ChoicePlan.Rule.HALVES, true));

    assertThat(choice.chosen()).isEmpty();
    assertThat(choice.certificate()).isEmpty();
    assertThat(choice.why())
        .startsWith("On half A none of the 3 scales is chosen, since each lost too much");
  }

  @Test
  void aSequenceEndsAtTheFirstThatDoesNotPass() {
    at("sql@0.25", lost(0, 0), gained(10, 10));
    at("sql@0.5", lost(60, 60), gained(80, 80));
    at("sql", lost(0, 0), gained(84, 84));

    Choice choice = choose(plan(ChoicePlan.Rule.SEQUENCE, true));

    assertThat(choice.chosen()).contains("sql@0.25");
    assertThat(choice.why()).isEqualTo("sql@0.25 is the last before sql@0.5, which does not pass.");
    assertThat(choice.certificate().orElseThrow().items()).isEqualTo(2 * ITEMS);
  }

  @Test
  void aPlanThatChoosesNothingHasNoChoice() {
    at("sql@0.25", lost(0, 0), gained(0, 0));
    AuditPlan plan = plan(ChoicePlan.Rule.HALVES, true);

    assertThat(Choosing.of(plan.only(plan.tuned().get(0)), this::pairs)).isEmpty();
  }

  /** How many of 200 items of knowledge are lost on A and on B. */
  private static int[] lost(int onA, int onB) {
    return new int[] {onA, onB};
  }

  /** How many of 200 items of the skill are gained on A and on B. */
  private static int[] gained(int onA, int onB) {
    return new int[] {onA, onB};
  }

  private void at(String arm, int[] lost, int[] gained) {
    pairs.put(
        "knowledge " + arm, laid(suite("knowledge", false), lost, Change.BOTH_RIGHT, Change.LOST));
    pairs.put(
        "sql-skill " + arm,
        laid(suite("sql-skill", true), gained, Change.BOTH_WRONG, Change.GAINED));
  }

  /** The base has half of each suite right, so that it has something to lose. */
  private static List<PairBrief> laid(
      PlannedSuite suite, int[] changed, Change kept, Change change) {
    Halves halves = Halves.of(suite, SEED);
    List<PairBrief> laid = new ArrayList<>();
    for (Set<String> half : List.of(halves.a(), halves.b())) {
      int count = changed[half.equals(halves.a()) ? 0 : 1];
      List<String> ids = half.stream().sorted().toList();
      for (int i = 0; i < ids.size(); i++) {
        Change of = i < count ? change : i < ids.size() / 2 ? kept : Change.BOTH_RIGHT;
        laid.add(new PairBrief(ids.get(i), of, true, Double.NaN, Double.NaN));
      }
    }
    return laid;
  }

  private Choice choose(AuditPlan plan) {
    return Choosing.of(plan, this::pairs).orElseThrow();
  }

  private List<PairBrief> pairs(String suite, String tuned) {
    return pairs.get(suite + " " + tuned);
  }

  private static AuditPlan plan(ChoicePlan.Rule rule, boolean skill) {
    Arm base = new Arm("base", Arm.Role.BASE, Path.of("/base"), Optional.empty(), "aa", "aa");
    List<Arm> arms =
        SCALES.stream()
            .map(
                scale ->
                    new Arm(
                            name(scale),
                            Arm.Role.TUNED,
                            Path.of("/base"),
                            Optional.of(Path.of("/sql")),
                            "bb",
                            "aa")
                        .at(scale))
            .toList();
    return new AuditPlan(
        "scales",
        "standard",
        base,
        arms,
        List.of(suite("knowledge", false), suite("sql-skill", skill)),
        DType.FLOAT32,
        0.05,
        SEED,
        null,
        null,
        Optional.empty(),
        Optional.of(new ChoicePlan(ChoicePlan.Among.SCALES, rule, SEED)),
        Optional.empty(),
        Optional.empty());
  }

  private static String name(double scale) {
    return scale == 1 ? "sql" : "sql@" + scale;
  }

  private static PlannedSuite suite(String id, boolean skill) {
    return new PlannedSuite(
        id,
        "1.0.0",
        "00",
        id.replace('-', '_'),
        "accuracy",
        IntStream.range(0, ITEMS).mapToObj(i -> id + "-" + i).toList(),
        0.05,
        0,
        Map.of(),
        Map.of(),
        Map.of(),
        Map.of(),
        skill);
  }
}
