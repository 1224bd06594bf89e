package dev.palimpsest.audit.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.palimpsest.audit.PairBrief;
import dev.palimpsest.audit.PairedOutcome;
import dev.palimpsest.audit.Pairs;
import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.audit.plan.Plans;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class FindingsTest {
  private static final double ALPHA = 0.05;

  @Test
  void figuresAreTunedMinusBase() {
    Finding finding = judge(0.05, 0.25, Pairs.of(640, 52, 30, 278));

    assertThat(finding.n()).isEqualTo(1000);
    assertThat(finding.base()).isCloseTo(0.692, within(1e-12));
    assertThat(finding.tunedScore()).isCloseTo(0.670, within(1e-12));
    assertThat(finding.delta()).isCloseTo(-0.022, within(1e-12));
    assertThat(finding.ciLow()).isCloseTo(-0.0373, within(5e-5));
    assertThat(finding.ciHigh()).isCloseTo(-0.0071, within(5e-5));
    assertThat(finding.pMidMcNemar()).isCloseTo(0.0152, within(5e-5));
    assertThat(finding.pNonInferiority()).isCloseTo(0.0019, within(5e-5));
  }

  @Test
  void aSignificantDropCanBeAcceptable() {
    Finding finding = judge(0.05, 0.25, Pairs.of(640, 52, 30, 278));

    assertThat(finding.verdict()).isEqualTo(Verdict.CERTIFIED_WITH_REGRESSION);
    assertThat(finding.sentence())
        .isEqualTo(
            "Knowledge fell 2.2 points (90% interval −3.7 to −0.7): 52 items lost, 30 gained of"
                + " 1000; the drop is real, and proven smaller than the margin of 5.0 points:"
                + " CERTIFIED WITH REGRESSION. The margin lets up to 11.3% of the base's skill above"
                + " guessing go.");
  }

  @Test
  void aLargeDropFailsAndTheSentenceSaysByHowMuch() {
    Finding finding = judge(0.05, 0.25, Pairs.of(70, 80, 5, 45));

    assertThat(finding.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(finding.sentence())
        .startsWith("Knowledge fell 37.5 points (90% interval −43.")
        .endsWith("80 items lost, 5 gained of 200; the margin is 5.0 points: FAILED.");
  }

  @Test
  void tooFewItemsForTheMarginAreInconclusiveAndSayHowManyWouldDo() {
    Finding finding = judge(0.05, 0.25, Pairs.of(70, 5, 5, 20));

    assertThat(finding.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(finding.itemsNeeded()).isEqualTo(269);
    assertThat(finding.smallestCertifiableMargin()).isEqualTo(0.087);
    assertThat(finding.sentence())
        .contains("is not decided, at 0.0 points", "about 269 would")
        .contains("a loss of up to 5.8 points is not excluded")
        .endsWith("INCONCLUSIVE.");
  }

  @Test
  void aDropExactlyAtTheMarginWillNotBeDecidedByMoreItems() {
    Finding finding = judge(0.05, 0.25, Pairs.of(80, 10, 5, 5));

    assertThat(finding.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(finding.sentence()).contains("no practical number would");
  }

  @Test
  void noChangeOnManyItemsIsCertified() {
    Finding finding = judge(0.05, 0.25, Pairs.of(140, 0, 0, 60));

    assertThat(finding.verdict()).isEqualTo(Verdict.CERTIFIED);
    assertThat(finding.sentence()).contains("any drop is proven smaller than the margin");
  }

  @Test
  void aProvenGainIsImproved() {
    assertThat(judge(0.05, 0.25, Pairs.of(120, 2, 20, 58)).verdict()).isEqualTo(Verdict.IMPROVED);
  }

  /** A real run: 173 items, 6.9 points lost, p 0.007, and the reader was told "not decided". */
  @Test
  void aProvenDropOfOpenSizeIsSaid() {
    Finding finding = judge(0.05, 0.5, Pairs.of(98, 16, 4, 55));

    assertThat(finding.verdict()).isEqualTo(Verdict.REGRESSED);
    assertThat(finding.itemsNeeded()).isGreaterThan(173);
    assertThat(finding.sentence())
        .startsWith("Knowledge fell 6.9 points (90% interval −11.")
        .contains("the drop is proven and its size is open, a loss of up to 11.")
        .endsWith("REGRESSED.");
  }

  @Test
  void aBaseThatGuessesCanStillBeProvenToHaveLostSomething() {
    Finding finding = judge(0.05, 0.5, Pairs.of(70, 16, 4, 83));

    assertThat(finding.verdict()).isEqualTo(Verdict.REGRESSED);
    assertThat(finding.sentence()).contains("Note that the base answers 86 of 173 right");
  }

  @Test
  void whatMissingItemsCouldNotExplainIsAProvenDropThoughItsSizeIsOpen() {
    assertThat(judge(0.05, 0, Pairs.of(150, 33, 0, 5, 15)).verdict()).isEqualTo(Verdict.REGRESSED);
  }

  /** The interval excludes no change, and twice its one-sided chance does not. */
  @Test
  void aGainBesideAPOverAlphaIsNotProven() {
    Finding finding = judge(0.05, 0.25, Pairs.of(160, 8, 18, 89));

    assertThat(finding.pMidMcNemar()).isBetween(0.05, 0.06);
    assertThat(finding.ciLow()).isPositive();
    assertThat(finding.verdict()).isEqualTo(Verdict.CERTIFIED);
    assertThat(finding.sentence())
        .contains("score rose 3.6 points, a gain that is not proven (adjusted p 0.05")
        .doesNotContain("IMPROVED");
  }

  /** Four suites: the gain of the first is proven alone and not as the best of four. */
  @Test
  void aGainHasToHoldOverAllFindingsOfTheAudit() {
    List<PairedOutcome> rise = Pairs.of(160, 7, 19, 89);
    List<PairedOutcome> nothing = Pairs.of(160, 5, 5, 105);
    List<Finding> four =
        Findings.of(
            plan("a", "b", "c", "d"),
            (suite, tuned) -> Pairs.briefs(suite.equals("a") ? rise : nothing));

    assertThat(judge(0.05, 0.25, rise).verdict()).isEqualTo(Verdict.IMPROVED);
    assertThat(four).extracting(Finding::verdict).containsOnly(Verdict.CERTIFIED);
    assertThat(four.get(0).pHolm()).isEqualTo(4 * four.get(0).pMidMcNemar());
    assertThat(four.get(0).sentence()).contains("not proven (over 4 findings, adjusted p 0.07");
  }

  @Test
  void aStrongGainHoldsOverAllFindings() {
    List<Finding> four =
        Findings.of(
            plan("a", "b", "c", "d"), (suite, tuned) -> Pairs.briefs(Pairs.of(120, 2, 20, 58)));

    assertThat(four).extracting(Finding::verdict).containsOnly(Verdict.IMPROVED);
    assertThat(four.get(0).sentence())
        .contains("score rose 9.0 points", "the rise is proven (over 4 findings, adjusted p")
        .contains("not asked in another form, so that it may be one of format: IMPROVED.");
  }

  /** The same rise where nine of twelve gained items come right in writing as well. */
  @Test
  void aRiseThatShowsInTwoFormsIsAGain() {
    assertThat(
            Findings.alone(
                    suite("suite", 0.05, 0.25),
                    "tuned",
                    Pairs.briefs(Pairs.of(120, 2, 20, 58)),
                    ALPHA,
                    Optional.empty(),
                    new Rise(20, 12, 9))
                .sentence())
        .startsWith("Knowledge rose 9.0 points")
        .contains("the gain is proven", "9 of 12 gained items come right in writing too: IMPROVED");
  }

  /** Forty clusters of five: ten lost items prove a drop, the two clusters that they are do not. */
  @Test
  void itemsOfOneClusterAreNotCountedAsIndependent() {
    List<PairBrief> pairs = Pairs.briefs(Pairs.of(130, 10, 0, 60));
    Map<String, String> clusters = new HashMap<>();
    for (int i = 0; i < pairs.size(); i++) {
      clusters.put(pairs.get(i).itemId(), "c" + i / 5);
    }
    PlannedSuite alone = suite("suite", 0.05, 0.25);
    PlannedSuite suite =
        new PlannedSuite(
            "suite",
            "1.0.0",
            "00",
            "knowledge",
            "accuracy",
            List.of(),
            0.05,
            0.25,
            Map.of(),
            Map.of(),
            clusters,
            Map.of(),
            false);
    Finding independent = Findings.alone(alone, "tuned", pairs, ALPHA);
    Finding clustered = Findings.alone(suite, "tuned", pairs, ALPHA);

    assertThat(independent.verdict()).isEqualTo(Verdict.REGRESSED);
    assertThat(clustered.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(clustered.circumstances().isClustered()).isTrue();
    assertThat(clustered.smallestCertifiableMargin())
        .isGreaterThan(independent.smallestCertifiableMargin());
    assertThat(clustered.sentence()).contains("tell as much as 39", "design effect");
  }

  /** 12 lost and 2 gained prove a drop, unless the base turns a tenth of its own answers. */
  @Test
  void noDropInsideTheNoiseFloorIsCalledOne() {
    List<PairBrief> pairs = Pairs.briefs(Pairs.of(130, 12, 2, 56));
    NoiseFloor floor = new NoiseFloor("suite", "knowledge", 200, 16, 14);

    assertThat(Findings.alone(suite("suite", 0.1, 0.25), "tuned", pairs, ALPHA).verdict())
        .isEqualTo(Verdict.CERTIFIED_WITH_REGRESSION);
    Finding noisy =
        Findings.alone(
            suite("suite", 0.1, 0.25), "tuned", pairs, ALPHA, Optional.of(floor), Rise.UNTOLD);
    assertThat(noisy.circumstances().excess().orElseThrow().isProven()).isFalse();
    assertThat(noisy.sentence()).contains("No more items change sides (7%) than may when the base");
  }

  private static AuditPlan plan(String... suites) {
    AuditPlan one = Plans.small();
    return new AuditPlan(
        one.name(),
        one.depth(),
        one.base(),
        one.tuned(),
        java.util.Arrays.stream(suites).map(id -> suite(id, 0.05, 0.25)).toList(),
        one.dtype(),
        ALPHA,
        one.seed());
  }

  @Test
  void aBaseThatGuessesVouchesForNothing() {
    Finding finding = judge(0.05, 0.25, Pairs.of(52, 0, 0, 148));

    assertThat(finding.verdict()).isEqualTo(Verdict.UNINFORMATIVE);
    assertThat(finding.sentence())
        .contains("the base answers 52 of 200 right, which guessing at 25% does too (p 0.40)");
  }

  @Test
  void aBaseThatGuessesCanStillBeProvenToHaveBeenHarmed() {
    Finding finding = judge(0.05, 0.5, Pairs.of(20, 80, 2, 98));

    assertThat(finding.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(finding.sentence()).contains("Note that the base answers 100 of 200 right");
  }

  @Test
  void aBaseAtTheCeilingIsGoodForShowingLoss() {
    assertThat(judge(0.05, 0.25, Pairs.of(200, 0, 0, 0)).verdict()).isEqualTo(Verdict.CERTIFIED);
  }

  @Test
  void aSuiteWithoutAChanceLevelIsNotComparedWithChance() {
    assertThat(judge(0.05, 0, Pairs.of(20, 0, 0, 180)).verdict()).isEqualTo(Verdict.CERTIFIED);
  }

  @Test
  void aBaseWithLessToLoseThanTheMarginVouchesForNothing() {
    Finding finding = judge(0.05, 0, Pairs.of(10, 0, 0, 190));

    assertThat(finding.verdict()).isEqualTo(Verdict.UNINFORMATIVE);
    assertThat(finding.sentence())
        .contains(
            "the base answers only 10 of 200 right, so nothing it could lose exceeds the margin of"
                + " 5.0 points");
    assertThat(judge(0.05, 0, Pairs.of(2, 0, 60, 138)).verdict()).isEqualTo(Verdict.IMPROVED);
  }

  @Test
  void nineteenPairsAreTooFew() {
    Finding finding = judge(0.05, 0, Pairs.of(0, 19, 0, 0));

    assertThat(finding.verdict()).isEqualTo(Verdict.UNINFORMATIVE);
    assertThat(finding.sentence()).contains("only 19 items have a score on both sides");
  }

  @Test
  void manyItemsWithoutAScoreCannotBeCertified() {
    Finding finding = judge(0.05, 0, Pairs.of(180, 0, 0, 0, 20));

    assertThat(finding.verdict()).isEqualTo(Verdict.UNINFORMATIVE);
    assertThat(finding.notComparable()).isEqualTo(20);
    assertThat(finding.sentence()).contains("20 of 200 items have no score on one of the sides");
  }

  @Test
  void aDropThatNoMissingItemCouldExplainStillFails() {
    assertThat(judge(0.05, 0, Pairs.of(80, 100, 0, 0, 20)).verdict()).isEqualTo(Verdict.FAILED);
    assertThat(judge(0.05, 0, Pairs.of(150, 25, 0, 5, 20)).verdict())
        .isEqualTo(Verdict.UNINFORMATIVE);
  }

  @Test
  void nothingScoredIsUninformativeAndNothingBreaks() {
    Finding finding = judge(0.05, 0.25, Collections.emptyList());

    assertThat(finding.verdict()).isEqualTo(Verdict.UNINFORMATIVE);
    assertThat(finding.ciLow()).isEqualTo(-1);
    assertThat(finding.ciHigh()).isEqualTo(1);
    assertThat(finding.pMidMcNemar()).isEqualTo(1);
  }

  @Test
  void everythingLostReachesTheEnd() {
    Finding finding = judge(0.05, 0.25, Pairs.of(0, 100, 0, 0));

    assertThat(finding.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(finding.ciLow()).isEqualTo(-1);
  }

  private static Finding judge(double margin, double chance, List<PairedOutcome> pairs) {
    return Findings.alone(suite("suite", margin, chance), "tuned", Pairs.briefs(pairs), ALPHA);
  }

  private static PlannedSuite suite(String id, double margin, double chance) {
    return new PlannedSuite(
        id, "1.0.0", "00", "knowledge", "accuracy", List.of(), margin, chance, Map.of());
  }
}
