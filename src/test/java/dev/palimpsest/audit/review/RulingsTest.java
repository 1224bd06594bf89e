package dev.palimpsest.audit.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.audit.Outcome;
import dev.palimpsest.audit.PairedOutcome;
import dev.palimpsest.audit.PairedOutcome.Change;
import dev.palimpsest.audit.review.Review.Act;
import dev.palimpsest.audit.review.Review.Answer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class RulingsTest {
  private static final PairedOutcome LOST =
      new PairedOutcome(
          outcome("base", "know-1", Outcome.State.SCORED, 1),
          outcome("tuned", "know-1", Outcome.State.SCORED, 0));
  private static final PairedOutcome CUT_OFF =
      new PairedOutcome(
          outcome("base", "know-2", Outcome.State.SCORED, 1),
          outcome("tuned", "know-2", Outcome.State.TRUNCATED, 0));

  @Test
  void theNewestRulingThatWasNotRetractedHolds() {
    Review wrong = review(1, "know-1", Act.WRONG);
    Review right = review(2, "know-1", Act.RIGHT);
    Review retraction =
        new Review(
            3, right.answer(), Act.RETRACTION, OptionalLong.of(2), "Ann", "No.", Instant.EPOCH);
    assertThat(Rulings.of(List.of(wrong, right)).on(LOST.tuned())).contains(right);
    assertThat(Rulings.of(List.of(wrong, right, retraction)).on(LOST.tuned())).contains(wrong);
    assertThat(Rulings.of(List.of(wrong, right, retraction)).history(LOST.tuned())).hasSize(3);
  }

  @Test
  void aRulingThatAgreesWithTheScoreOverridesNothing() {
    assertThat(Rulings.of(List.of(review(1, "know-1", Act.WRONG))).isOverridden(LOST.tuned()))
        .isFalse();
    assertThat(Rulings.of(List.of(review(1, "know-1", Act.NOTE))).isOverridden(LOST.tuned()))
        .isFalse();
    assertThat(Rulings.of(List.of(review(1, "know-2", Act.WRONG))).isOverridden(CUT_OFF.tuned()))
        .isTrue();
  }

  @Test
  void theTableWithRulingsStandsBesideTheOneOfTheScores() {
    Rulings rulings =
        Rulings.of(List.of(review(1, "know-1", Act.RIGHT), review(2, "know-2", Act.WRONG)));
    ReviewedTable table =
        ReviewedTable.of(
            Map.of(Change.LOST, 5, Change.BOTH_RIGHT, 4, Change.NOT_COMPARABLE, 1),
            List.of(LOST, CUT_OFF),
            rulings);
    assertThat(table.counts())
        .isEqualTo(Map.of(Change.LOST, 5, Change.BOTH_RIGHT, 5, Change.NOT_COMPARABLE, 0));
    assertThat(table.tuned()).isEqualTo(0.5);
    assertThat(table.sentence())
        .isEqualTo(
            "2 answers are overridden by people; with their rulings the table would be 5 lost, 0"
                + " gained, 5 both right, 0 both wrong. The verdict stays that of the scores.");
  }

  private static Review review(long id, String item, Act act) {
    return new Review(
        id,
        new Answer("knowledge", "tuned", item),
        act,
        OptionalLong.empty(),
        "Ann",
        "Because.",
        Instant.EPOCH);
  }

  private static Outcome outcome(String arm, String item, Outcome.State state, double score) {
    return new Outcome(
        "knowledge", item, arm, state, score, "Asked", "Said", "Said", "Why.", Map.of());
  }
}
