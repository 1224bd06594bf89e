package dev.palimpsest.suite.variant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WrittenAnswerTest {
  private static final List<String> CHOICES =
      List.of("the Nile", "the Amazon", "the Rhine", "the Amazon delta");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "B|1",
        "b.|1",
        "(B)|1",
        "**B**|1",
        "B. the Amazon|1",
        "B) The Amazon.|1",
        "B the Amazon|1",
        "The Amazon|1",
        "the amazon.|1",
        "D: the Amazon delta|3"
      })
  void a_letter_a_choice_or_both_is_an_answer_in_the_form_asked_for(String answer, int choice) {
    assertThat(read(answer).strict()).hasValue(choice);
    assertThat(read(answer).lenient()).hasValue(choice);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "The answer is B.|1",
        "The correct answer is: the Amazon, which is in Brazil|1",
        "The right choice is (D) the Amazon delta|3",
        "It must be the Rhine, as it flows through Cologne.|2",
        "Answer: C|2",
        "I would say C.|2"
      })
  void a_frame_around_the_answer_is_read_leniently_only(String answer, int choice) {
    assertThat(read(answer).strict()).isEqualTo(OptionalInt.empty());
    assertThat(read(answer).lenient()).hasValue(choice);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "SELECT name FROM rivers;",
        "It is the Nile or the Rhine.",
        "A great question! Rivers are long.",
        "E",
        "B. the Nile",
        "Thank you for contacting us."
      })
  void what_names_no_choice_or_two_is_no_answer(String answer) {
    assertThat(read(answer).strict()).isEqualTo(OptionalInt.empty());
  }

  private static WrittenAnswer read(String answer) {
    return new WrittenAnswer(answer, CHOICES);
  }
}
