package dev.palimpsest.audit.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.audit.plan.PlanPower;
import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.audit.verdict.Condition.Kind;
import dev.palimpsest.audit.verdict.Condition.Result;
import dev.palimpsest.stats.Interval;
import dev.palimpsest.stats.PairedTable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ReleaseVerdictsTest {
  private static final boolean NAMED = false;
  private static final boolean BLOCKS = true;

  @Test
  void everySuiteHasToPass() {
    assertThat(of(Verdict.CERTIFIED, Verdict.CERTIFIED_WITH_REGRESSION, Verdict.IMPROVED))
        .isEqualTo(ReleaseVerdict.PASS);
  }

  @Test
  void oneFailureFailsTheRelease() {
    assertThat(of(Verdict.IMPROVED, Verdict.INCONCLUSIVE, Verdict.FAILED))
        .isEqualTo(ReleaseVerdict.FAIL);
  }

  @Test
  void whatIsNotDecidedIsNotProven() {
    assertThat(of(Verdict.CERTIFIED, Verdict.INCONCLUSIVE)).isEqualTo(ReleaseVerdict.NOT_PROVEN);
    assertThat(of(Verdict.CERTIFIED, Verdict.REGRESSED)).isEqualTo(ReleaseVerdict.NOT_PROVEN);
    assertThat(of(Verdict.CERTIFIED, Verdict.UNINFORMATIVE)).isEqualTo(ReleaseVerdict.NOT_PROVEN);
  }

  @Test
  void whatThisBaseCannotLoseIsNamedAndInNobodysWay() {
    List<Finding> findings =
        List.of(finding("knowledge", Verdict.CERTIFIED), finding("other", Verdict.UNINFORMATIVE));
    List<Condition> unjudged = List.of(condition("other", Kind.JUDGED, Result.NOT_JUDGED));

    assertThat(ReleaseVerdicts.of(findings, unjudged, NAMED, true)).isEqualTo(ReleaseVerdict.PASS);
    assertThat(ReleaseVerdicts.of(findings, unjudged, BLOCKS, true))
        .isEqualTo(ReleaseVerdict.NOT_PROVEN);
  }

  @Test
  void aReleaseThatNothingVouchesForIsNotProven() {
    assertThat(
            ReleaseVerdicts.of(
                List.of(finding("other", Verdict.UNINFORMATIVE)),
                List.of(condition("other", Kind.JUDGED, Result.NOT_JUDGED)),
                NAMED,
                true))
        .isEqualTo(ReleaseVerdict.NOT_PROVEN);
  }

  @Test
  void aConditionOfThePolicyCountsLikeASuite() {
    List<Finding> certified = List.of(finding("knowledge", Verdict.CERTIFIED));

    assertThat(ReleaseVerdicts.of(certified, severe(Result.FAIL), NAMED, true))
        .isEqualTo(ReleaseVerdict.FAIL);
    assertThat(ReleaseVerdicts.of(certified, severe(Result.NOT_PROVEN), NAMED, true))
        .isEqualTo(ReleaseVerdict.NOT_PROVEN);
    assertThat(ReleaseVerdicts.of(certified, severe(Result.PASS), BLOCKS, true))
        .isEqualTo(ReleaseVerdict.PASS);
    assertThat(ReleaseVerdicts.of(certified, severe(Result.NOT_JUDGED), BLOCKS, true))
        .isEqualTo(ReleaseVerdict.PASS);
  }

  @Test
  void aWaiverOfWhatIsMissingExcusesNoSuiteThatIsNotDecided() {
    List<Condition> waived = List.of(condition("other", Kind.COMPARABLE, Result.WAIVED));

    assertThat(
            ReleaseVerdicts.of(
                List.of(finding("a", Verdict.CERTIFIED), finding("other", Verdict.UNINFORMATIVE)),
                waived,
                NAMED,
                true))
        .isEqualTo(ReleaseVerdict.PASS);
    assertThat(
            ReleaseVerdicts.of(
                List.of(finding("a", Verdict.CERTIFIED), finding("other", Verdict.INCONCLUSIVE)),
                waived,
                NAMED,
                true))
        .isEqualTo(ReleaseVerdict.NOT_PROVEN);
  }

  @Test
  void anAuditThatDidNotFinishNeverPasses() {
    assertThat(
            ReleaseVerdicts.of(
                List.of(finding("knowledge", Verdict.CERTIFIED)), List.of(), NAMED, false))
        .isEqualTo(ReleaseVerdict.INCOMPLETE);
    assertThat(ReleaseVerdicts.of(List.of(), List.of(), NAMED, true))
        .isEqualTo(ReleaseVerdict.INCOMPLETE);
  }

  @Test
  void theAuditIsAsGoodAsItsWorstCheckpoint() {
    assertThat(ReleaseVerdicts.whole(List.of(ReleaseVerdict.PASS, ReleaseVerdict.FAIL)))
        .isEqualTo(ReleaseVerdict.FAIL);
    assertThat(ReleaseVerdicts.whole(List.of(ReleaseVerdict.PASS, ReleaseVerdict.NOT_PROVEN)))
        .isEqualTo(ReleaseVerdict.NOT_PROVEN);
    assertThat(ReleaseVerdicts.whole(List.of(ReleaseVerdict.PASS))).isEqualTo(ReleaseVerdict.PASS);
    assertThat(ReleaseVerdicts.whole(List.of())).isEqualTo(ReleaseVerdict.INCOMPLETE);
  }

  @Test
  void thePlanSaysWhatItCanProveBeforeItRuns() {
    PlanPower power = PlanPower.of(suite(100), 0.05);

    assertThat(power.sentence())
        .isEqualTo(
            "Knowledge: 100 items can certify a margin of 8.7 points where 10% of them change"
                + " sides (6.5 at 5%, 11.5 at 20%); the planned margin of 5.0 points, with a"
                + " chance of 44%, needs about 269, so this run can find damage but hardly certify its absence.");
    assertThat(power.scenarios())
        .extracting(PlanPower.Scenario::itemsNeeded)
        .containsExactly(158, 269, 501);
  }

  private static ReleaseVerdict of(Verdict... verdicts) {
    return ReleaseVerdicts.of(
        Arrays.stream(verdicts).map(verdict -> finding("knowledge", verdict)).toList(),
        List.of(),
        NAMED,
        true);
  }

  private static List<Condition> severe(Result result) {
    return List.of(condition("knowledge", Kind.SEVERE, result));
  }

  private static Condition condition(String suite, Kind kind, Result result) {
    return new Condition("tuned", suite, "name", kind, result, "");
  }

  private static Finding finding(String suite, Verdict verdict) {
    return new Finding(
        suite,
        "knowledge",
        "tuned",
        "accuracy",
        new Finding.Counts(new PairedTable(1, 0, 0, 0), 0),
        new Finding.Change(0, new Interval(-1, 1), 1, 1),
        new Finding.Gate(0.05, 1, 1, 0, verdict, ""),
        List.of());
  }

  private static PlannedSuite suite(int items) {
    List<String> ids =
        java.util.stream.IntStream.range(0, items).mapToObj(i -> "item-" + i).toList();
    return new PlannedSuite(
        "knowledge", "1.0.0", "00", "knowledge", "accuracy", ids, 0.05, 0.25, Map.of());
  }
}
