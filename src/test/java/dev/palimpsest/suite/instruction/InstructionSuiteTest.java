package dev.palimpsest.suite.instruction;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.Json;
import dev.palimpsest.suite.Score;
import dev.palimpsest.suite.Suite;
import dev.palimpsest.suite.SuiteLibrary;
import dev.palimpsest.suite.Tier;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The bundled instruction suite: what it asks can be done, and cannot be done by accident. */
final class InstructionSuiteTest {
  private static final Suite SUITE = SuiteLibrary.bundled().suite("instruction");

  /** The items written by hand; composed ones are made of the same parts again and again. */
  static Stream<InstructionItem> items() {
    return SUITE.items().stream()
        .map(InstructionItem.class::cast)
        .filter(item -> item.id().startsWith("inst-"));
  }

  static Stream<InstructionItem> itemsBeyondEasy() {
    return items().filter(item -> item.tier() != Tier.EASY);
  }

  @ParameterizedTest
  @MethodSource("itemsBeyondEasy")
  void has_an_answer_that_a_person_wrote_and_that_passes(InstructionItem item) {
    Score score = Graded.text(item, Answers.WRITTEN.get(item.id()));

    assertThat(score.value()).as(item.prompt() + " " + score.explanation()).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("items")
  void junk_passes_nothing(InstructionItem item) {
    for (String junk :
        new String[] {
          "",
          ".",
          "SELECT * FROM answers WHERE question = 'it';",
          "SELECT name FROM the_items ORDER BY name DESC LIMIT 1;",
          "the the the the the the the the the the the the",
          "I am sorry, but I can not help with that.",
          "{\"status\": \"ok\"}",
          item.prompt()
        }) {
      boolean passed = Graded.text(item, junk).value() > 0;
      assertThat(passed).as(item.id() + " " + item.prompt() + " <- " + junk).isFalse();
    }
  }

  @Test
  void harder_tiers_check_more() {
    assertThat(items().filter(item -> item.tier() == Tier.MEDIUM))
        .allMatch(item -> item.checks().size() >= 2);
    assertThat(items().filter(item -> item.tier() == Tier.HARD))
        .allMatch(item -> item.checks().size() >= 3);
  }

  @Test
  void answers_are_short_enough_for_a_processor_without_accelerator() {
    assertThat(items()).allMatch(item -> item.maxTokens() >= 32 && item.maxTokens() <= 128);
  }

  /** Answers by item id. */
  private static final class Answers {
    static final Map<String, String> WRITTEN = read();

    private Answers() {}

    private static Map<String, String> read() {
      Map<String, String> answers = new LinkedHashMap<>();
      try (BufferedReader reader =
          new BufferedReader(
              new InputStreamReader(
                  InstructionSuiteTest.class.getResourceAsStream("answers.jsonl"),
                  StandardCharsets.UTF_8))) {
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
          JsonNode node = Json.mapper().readTree(line);
          answers.put(node.get("id").textValue(), node.get("answer").textValue());
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return answers;
    }
  }
}
