package dev.palimpsest.suite.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.palimpsest.suite.Item;
import dev.palimpsest.suite.LogProb;
import dev.palimpsest.suite.Score;
import dev.palimpsest.suite.Tier;
import dev.palimpsest.suite.UnscorableException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Choices are picked by summed log-likelihood, as lm-evaluation-harness does. */
final class ChoiceScorerTest {
  private static final ChoiceItem ITEM =
      new ChoiceItem(
          new Item.Head("c-1", Tier.EASY, "sea"),
          "Which one?",
          List.of("ab", "abcdefgh", "é😀"),
          1);

  @Test
  void the_most_likely_choice_is_picked_and_the_reason_said() {
    Score score = ChoiceScorer.score(ITEM, logProbs(-5, -3, -7));

    assertThat(score.value()).isEqualTo(1);
    assertThat(score.extracted()).isEqualTo("abcdefgh");
    assertThat(score.explanation())
        .isEqualTo("Picked \"abcdefgh\", the right answer, by 2.00 nats.");
    assertThat(score.details()).containsEntry("margin", 2.0).containsEntry("picked", 1.0);
  }

  @Test
  void a_wrong_pick_tells_how_far_the_right_answer_was() {
    Score score = ChoiceScorer.score(ITEM, logProbs(-1, -3.5, -7));

    assertThat(score.value()).isZero();
    assertThat(score.explanation())
        .isEqualTo("Picked \"ab\"; the right answer \"abcdefgh\" was 2.50 nats less likely.");
    assertThat(score.details()).containsEntry("margin", -2.5);
  }

  @Test
  void the_first_of_equal_choices_wins() {
    assertThat(ChoiceScorer.score(ITEM, logProbs(-3, -3, -7)).extracted()).isEqualTo("ab");
    assertThat(ChoiceScorer.score(ITEM, logProbs(-9, -3, -3)).extracted()).isEqualTo("abcdefgh");
  }

  @Test
  void length_norms_stand_beside_the_score_and_count_code_points_bytes_and_tokens() {
    // per code point: -2.0/2, -6.0/8, -1.6/2; per byte: -2.0/2, -6.0/8, -1.6/6; per token: /1, /4,
    // /1
    Score score =
        ChoiceScorer.score(
            ITEM, List.of(new LogProb(-2.0, 1), new LogProb(-6.0, 4), new LogProb(-1.6, 1)));

    assertThat(score.value()).isZero();
    assertThat(score.details())
        .containsEntry("acc_norm", 1.0)
        .containsEntry("acc_bytes", 0.0)
        .containsEntry("acc_tokens", 1.0);
  }

  @Test
  void the_share_of_the_right_answer_is_a_softmax_over_the_choices() {
    Score score = ChoiceScorer.score(ITEM, logProbs(Math.log(0.1), Math.log(0.3), Math.log(0.2)));

    assertThat(score.details().get("p_answer")).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void impossible_choices_are_scored_and_undefined_ones_are_not() {
    double none = Double.NEGATIVE_INFINITY;

    assertThat(ChoiceScorer.score(ITEM, logProbs(none, -900, none)).value()).isEqualTo(1);
    assertThat(ChoiceScorer.score(ITEM, logProbs(none, none, none)).details())
        .containsEntry("margin", 0.0)
        .containsEntry("p_answer", 1.0 / 3);
    assertThatThrownBy(() -> ChoiceScorer.score(ITEM, logProbs(-1, Double.NaN, -2)))
        .isInstanceOf(UnscorableException.class)
        .hasMessageContaining("c-1")
        .hasMessageContaining("choice 2 is not a number");
  }

  private static List<LogProb> logProbs(double... sums) {
    return Arrays.stream(sums).mapToObj(sum -> new LogProb(sum, 1)).toList();
  }
}
