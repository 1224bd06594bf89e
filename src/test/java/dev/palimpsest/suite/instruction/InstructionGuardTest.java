package dev.palimpsest.suite.instruction;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.Json;
import dev.palimpsest.suite.Score;
import dev.palimpsest.suite.Suite;
import dev.palimpsest.suite.SuiteLibrary;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The bundled instruction suite as a whole: good answers pass. That junk does not is a check of
 * every suite, {@link dev.palimpsest.suite.quality.SuiteQuality}.
 */
final class InstructionGuardTest {
  private static final Suite SUITE = SuiteLibrary.bundled().suite("instruction");
  private static final double MOST_JUNK = 0.02;
  private static final double MOST_GOOD_LOST = 0.05;

  private record Answer(String id, String text) {}

  @Test
  void good_answers_in_many_styles_pass() throws IOException {
    List<Answer> answers = goodAnswers();
    List<String> failed = new ArrayList<>();
    for (Answer answer : answers) {
      Score score = Graded.text(item(answer.id()), answer.text());
      if (score.value() < 1) {
        failed.add(answer.id() + " <- " + answer.text() + " : " + score.explanation());
      }
    }

    assertThat(answers.size()).isGreaterThanOrEqualTo(120);
    assertThat(answers.stream().map(Answer::id).collect(Collectors.toSet()).size())
        .isGreaterThanOrEqualTo(100);
    assertThat(failed).hasSizeLessThanOrEqualTo((int) (MOST_GOOD_LOST * answers.size()));
  }

  @Test
  void a_bare_word_that_was_asked_for_passes_only_where_it_is_the_whole_answer() {
    Set<String> whole = Set.of("short_answer", "language", "repeat", "yes_no");
    List<String> passed =
        SUITE.items().stream()
            .map(InstructionItem.class::cast)
            .filter(item -> !whole.contains(item.topic()))
            .filter(item -> bareTokens(item).stream().anyMatch(t -> passes(item, t)))
            .map(InstructionItem::id)
            .toList();

    assertThat(passed).hasSizeLessThanOrEqualTo(mostJunk());
  }

  private static List<String> bareTokens(InstructionItem item) {
    List<String> tokens = new ArrayList<>();
    item.checks()
        .forEach(
            check -> {
              for (String field : List.of("words", "anyOf")) {
                check.definition().path(field).forEach(word -> tokens.add(word.textValue()));
              }
              tokens.add(check.definition().path("word").asText());
              tokens.add(check.definition().path("text").asText());
            });
    return tokens;
  }

  private static boolean passes(InstructionItem item, String text) {
    return Graded.text(item, text.replace("*", "")).value() > 0;
  }

  private static int mostJunk() {
    return (int) (MOST_JUNK * SUITE.items().size());
  }

  private static InstructionItem item(String id) {
    return (InstructionItem) SUITE.item(id).orElseThrow();
  }

  private static List<Answer> goodAnswers() throws IOException {
    List<Answer> answers = new ArrayList<>();
    for (String file : List.of("good-answers.jsonl", "answers.jsonl")) {
      try (BufferedReader reader =
          new BufferedReader(
              new InputStreamReader(
                  InstructionGuardTest.class.getResourceAsStream(file), StandardCharsets.UTF_8))) {
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
          JsonNode node = Json.mapper().readTree(line);
          answers.add(new Answer(node.get("id").textValue(), node.get("answer").textValue()));
        }
      }
    }
    return answers;
  }
}
