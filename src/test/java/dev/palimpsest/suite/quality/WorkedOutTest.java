package dev.palimpsest.suite.quality;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.suite.Conversation;
import dev.palimpsest.suite.Item;
import dev.palimpsest.suite.Metric;
import dev.palimpsest.suite.Suite;
import dev.palimpsest.suite.SuiteInfo;
import dev.palimpsest.suite.Tier;
import dev.palimpsest.suite.choice.ChoiceItem;
import dev.palimpsest.suite.generate.Generators;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers that a program works out from the question alone. */
final class WorkedOutTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "What is 17 plus 5? | 22",
        "What is half of 18? | 9",
        "What is left over when 47 is divided by 9? | 2",
        "Which number comes next: 3, 6, 12, 24? | 48",
        "Which number comes next when you count down: 5, 4, 3? | 2",
        "Mina says that today is Saturday. Which day is it in two days? | monday",
        "Leo was born 3 months before February. In which month was that? | november",
        "Which of these numbers is the smallest: 31, 17, 90 or 44? | 17",
        "Ada faces north, turns left, walks on, and turns left. Which way is that? | south"
      })
  void what_can_be_computed_is(String question, String answer) {
    assertThat(WorkedOut.answer(question)).isEqualTo(Optional.of(answer));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"Which number comes next: 1, 4, 9, 16?", "What is 7 divided by 2?", "Who was it?"})
  void what_cannot_is_left_alone(String question) {
    assertThat(WorkedOut.answer(question)).isEmpty();
  }

  @Test
  void the_keys_of_generated_problems_are_what_is_worked_out() {
    List<Item> items =
        Generators.named("reasoning").items(5, 1000, List.of()).stream()
            .map(WorkedOutTest::item)
            .toList();

    Finding keys = Keys.of(new Suite(info(), items)).get(0);
    assertThat(keys.result()).as(keys.examples().toString()).isEqualTo(Finding.Result.PASSED);
    assertThat(items.stream().filter(i -> WorkedOut.answer(i.text()).isPresent()).count())
        .isGreaterThan(500);
  }

  private static Item item(ObjectNode node) {
    return ChoiceItem.read(
        new Item.Head(node.get("id").textValue(), Tier.EASY, "topic", "cluster", Conversation.NONE),
        node);
  }

  private static SuiteInfo info() {
    return new SuiteInfo(
        "palimpsest-suite/1",
        "sums",
        "1.0.0",
        "Sums",
        "reasoning",
        "Sums",
        "en",
        "Apache-2.0",
        "a test",
        Metric.ACCURACY,
        0.05,
        null,
        null,
        null,
        SuiteInfo.More.NONE);
  }
}
