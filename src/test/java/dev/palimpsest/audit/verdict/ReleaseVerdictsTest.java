package dev.palimpsest.audit.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.audit.plan.PlanPower;
import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.stats.Interval;
import dev.palimpsest.stats.PairedTable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ReleaseVerdictsTest {
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
    assertThat(of(Verdict.CERTIFIED, Verdict.UNINFORMATIVE)).isEqualTo(ReleaseVerdict.NOT_PROVEN);
  }

  @Test
  void anAuditThatDidNotFinishNeverPasses() {
    assertThat(ReleaseVerdicts.of(List.of(finding(Verdict.CERTIFIED)), false))
        .isEqualTo(ReleaseVerdict.INCOMPLETE);
    assertThat(ReleaseVerdicts.of(List.of(), true)).isEqualTo(ReleaseVerdict.INCOMPLETE);
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
        Arrays.stream(verdicts).map(ReleaseVerdictsTest::finding).toList(), true);
  }

  private static Finding finding(Verdict verdict) {
    return new Finding(
        "knowledge",
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
