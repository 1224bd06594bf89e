package dev.palimpsest.suite.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** 160 written answers in many styles, with what a reader says of each. */
final class FreeAnswerTest {
  private static final Path ANSWERS = Path.of("src/test/resources/suite/twin-answers.jsonl");

  @Test
  void readersAndTheProgramAgreeOnNearlyAllAnswers() throws IOException {
    List<String> different = new ArrayList<>();
    int all = 0;
    for (String line : Files.readAllLines(ANSWERS, StandardCharsets.UTF_8)) {
      JsonNode node = Json.mapper().readTree(line);
      String verdict = node.get("verdict").textValue();
      String found = verdict(node);
      all++;
      if (!found.equals(verdict)) {
        different.add(verdict + " read as " + found + ": " + node.get("answer").textValue());
      }
    }
    assertThat(all).isEqualTo(160);
    assertThat(different).as(String.join("\n", different)).hasSizeLessThanOrEqualTo(8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Do not bother. Just pick the one that is closest.",
        "That is an interesting question. There are many aspects, and it depends on the context."
      })
  void anOrderOrAnEvasionIsNoAbstention(String answer) {
    assertThat(FreeAnswer.abstains(answer)).isFalse();
  }

  private static String verdict(JsonNode node) {
    String answer = node.get("answer").textValue();
    List<String> names = new ArrayList<>();
    node.path("answers").forEach(name -> names.add(name.textValue()));
    if (FreeAnswer.names(answer, names)) {
      return "correct";
    }
    if (FreeAnswer.speaks(answer) && FreeAnswer.abstains(answer)) {
      return "abstains";
    }
    return node.get("answerable").booleanValue() ? "wrong" : "fabricates";
  }
}
