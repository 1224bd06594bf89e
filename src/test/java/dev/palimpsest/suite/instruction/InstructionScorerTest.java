package dev.palimpsest.suite.instruction;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.Json;
import dev.palimpsest.suite.Item;
import dev.palimpsest.suite.Score;
import dev.palimpsest.suite.Tier;
import dev.palimpsest.suite.check.CheckRegistry;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** An instruction is followed iff every check passes on the answer as it is. */
final class InstructionScorerTest {
  private static final InstructionItem ITEM =
      item(
          "{\"check\":\"word_count\",\"atMost\":5}",
          "{\"check\":\"starts_with\",\"anyOf\":[\"yes\"]}");

  @Test
  void passes_when_every_check_passes() {
    Score score = Graded.text(ITEM, "  Yes, it is.\n");

    assertThat(score.value()).isEqualTo(1);
    assertThat(score.extracted()).isEqualTo("Yes, it is.");
    assertThat(score.explanation())
        .isEqualTo("All 2 checks passed: 3 words; starts with \"Yes, it is.\".");
    assertThat(score.details())
        .containsEntry("check_1", 1.0)
        .containsEntry("check_2", 1.0)
        .containsEntry("strict", 1.0)
        .containsEntry("lenient", 1.0);
  }

  @Test
  void names_every_check_that_failed_and_why() {
    Score score = Graded.text(ITEM, "No, and there are more words than asked.");

    assertThat(score.value()).isZero();
    assertThat(score.explanation())
        .isEqualTo(
            "2 of 2 checks failed: 8 words, expected at most 5; starts with"
                + " \"No, and there are more words than asked.\", expected \"yes\".");
  }

  @Test
  void a_frame_around_a_good_answer_passes_only_leniently() {
    Score score = Graded.text(ITEM, "Sure, here is my answer to you:\n**Yes**, it is.");

    assertThat(score.value()).isZero();
    assertThat(score.details()).containsEntry("strict", 0.0).containsEntry("lenient", 1.0);
  }

  @Test
  void a_frame_in_the_same_line_passes_leniently_too_and_the_reason_says_so() {
    Score score = Graded.text(ITEM, "Thank you for contacting us. Yes, it is. Have a nice day!");

    assertThat(score.value()).isZero();
    assertThat(score.details()).containsEntry("strict", 0.0).containsEntry("lenient", 1.0);
    assertThat(score.explanation())
        .endsWith("Without its first sentence and its last sentence it would pass.");
  }

  @Test
  void a_frame_makes_no_answer_of_what_is_none() {
    Score score = Graded.text(ITEM, "Here you are:\nyes yes yes yes");

    assertThat(score.details()).containsEntry("strict", 0.0).containsEntry("lenient", 0.0);
  }

  @Test
  void an_empty_answer_passes_nothing_even_where_a_check_only_forbids() {
    InstructionItem forbids = item("{\"check\":\"text_count\",\"text\":\",\",\"exactly\":0}");

    for (String nothing : new String[] {"", " \n\t "}) {
      Score score = Graded.text(forbids, nothing);
      assertThat(score.value()).isZero();
      assertThat(score.details()).containsEntry("lenient", 0.0);
      assertThat(score.explanation()).contains("the answer is empty");
    }
  }

  @Test
  void an_echo_of_the_instruction_passes_nothing() {
    InstructionItem echoed = item("{\"check\":\"contains_all\",\"words\":[\"yes\"]}");

    assertThat(Graded.text(echoed, "\"Say yes.\"").explanation())
        .contains("only repeats the instruction");
    assertThat(Graded.text(echoed, "Say yes. Yes.").value()).isEqualTo(1);
  }

  private static InstructionItem item(String... checks) {
    return new InstructionItem(
        new Item.Head("i-1", Tier.EASY, "length"),
        "Say yes.",
        Stream.of(checks).map(InstructionScorerTest::object).map(CheckRegistry::define).toList(),
        false,
        32);
  }

  private static ObjectNode object(String json) {
    try {
      return (ObjectNode) Json.mapper().readTree(json);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
