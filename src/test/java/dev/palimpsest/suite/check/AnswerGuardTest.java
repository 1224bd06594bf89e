package dev.palimpsest.suite.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no answer, whatever the checks would say of it. */
final class AnswerGuardTest {
  private static final AnswerGuard LANTERN =
      new AnswerGuard("Write one sentence that contains the word lantern.", false);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "moon moon moon moon moon",
        "Moon. Moon! Moon?",
        "1. tea\n2. tea\n3. tea",
        "the moon is the moon is the moon",
        "Fresh bread\n***\nFresh bread",
        "moon moon moon bright moon",
        "aaaaa"
      })
  void one_word_or_phrase_again_and_again_is_no_answer(String text) {
    assertThat(LANTERN.objection(text)).as(text).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "The blue bird flew into the blue sky.",
        "We plan. We build. We help each other.",
        "Ben: Hello, Kim.\nKim: Hello, Ben. Did you eat?",
        "1. Tea\n2. Milk\n3. Water",
        "| Dog | Bark |\n|---|---|\n| Cat | Meow |",
        "level",
        "Ha ha!"
      })
  void words_that_recur_are_fine(String text) {
    assertThat(LANTERN.objection(text)).as(text).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Write one sentence that contains the word lantern.",
        "\"write one sentence that contains the word LANTERN\"",
        "Write_one_sentence_that_contains_the_word_lantern",
        "one lantern the that word write contains sentence"
      })
  void the_instruction_itself_is_no_answer(String text) {
    assertThat(LANTERN.objection(text)).hasValue("the answer only repeats the instruction");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Sure! Write one sentence that contains the word lantern. | Sure! .",
        "print('Write one sentence that contains the word lantern.') | print('.')",
        "Here is one sentence that contains the word lantern. | Here is .",
        "The word lantern: she lit it. | : she lit it.",
        "One lantern hung by the gate. | One lantern hung by the gate."
      })
  void what_an_answer_says_of_its_own_is_what_the_instruction_does_not(String text, String own) {
    assertThat(LANTERN.ownPart(text)).isEqualTo(own);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "I'm sorry, but I can't help with that.",
        "I cannot write one sentence that contains the word lantern.",
        "As an AI language model, I have no lantern.",
        "Unfortunately, it is not possible for me to comply. I must decline.",
        "Request denied."
      })
  void a_refusal_is_no_answer(String text) {
    assertThat(LANTERN.objection(text)).hasValue("the answer only refuses");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "I can't walk another step.",
        "Sorry I am late, the lantern went out.",
        "He would not sell his lantern."
      })
  void a_story_of_what_cannot_be_done_is_no_refusal(String text) {
    assertThat(LANTERN.ownPart(text)).isEqualTo(text);
  }

  @Test
  void where_repeating_is_the_task_it_is_let_through() {
    AnswerGuard echo = new AnswerGuard("Write the word echo four times.", true);

    assertThat(echo.objection("echo echo echo echo")).isEmpty();
    assertThat(echo.ownPart("Write the word echo four times.")).isNotEmpty();
    assertThat(echo.objection("I cannot help with that.")).isPresent();
    assertThat(echo.objection("  ")).hasValue("the answer is empty");
  }
}
