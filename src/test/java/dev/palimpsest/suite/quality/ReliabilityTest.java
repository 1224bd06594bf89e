package dev.palimpsest.suite.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.suite.Item;
import dev.palimpsest.suite.Tier;
import dev.palimpsest.suite.choice.ChoiceItem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** How far one half of a suite tells the other's scores. */
final class ReliabilityTest {
  @Test
  void topics_that_are_known_or_not_are_told_by_either_half() {
    assertThat(Reliability.of(scores(10, 12, topic -> topic % 2)).orElseThrow()).isEqualTo(1);
  }

  @Test
  void scores_by_lot_are_told_by_neither() {
    assertThat(Math.abs(Reliability.of(scores(40, 20, topic -> 0.5)).orElseThrow()))
        .isLessThan(0.5);
  }

  @Test
  void there_is_none_of_few_topics_or_of_one_score() {
    assertThat(Reliability.of(scores(4, 12, topic -> topic % 2))).isEmpty();
    assertThat(Reliability.of(scores(10, 3, topic -> topic % 2))).isEmpty();
    assertThat(Reliability.of(scores(10, 12, topic -> 1))).isEmpty();
  }

  /** Scores of 0 and 1 with a chance by topic. */
  private static Map<Item, Double> scores(int topics, int each, IntToDoubleFunction chance) {
    Random random = new Random(3);
    Map<Item, Double> scores = new HashMap<>();
    for (int topic = 0; topic < topics; topic++) {
      for (int i = 0; i < each; i++) {
        Item.Head head = new Item.Head(topic + "-" + i, Tier.EASY, "topic" + topic);
        scores.put(
            new ChoiceItem(head, "Which?", List.of("a", "b"), 0),
            random.nextDouble() < chance.applyAsDouble(topic) ? 1.0 : 0.0);
      }
    }
    return scores;
  }
}
