package dev.palimpsest.jinja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Renders as Python's Jinja2 does, set up as in transformers; the chat_template scripts in bench
 * make the expected texts.
 */
final class TemplateGoldenTest {
  private static final Path FOLDER = Path.of("src/test/resources/chat");
  private static final List<String> FILES = List.of("cases", "models", "random");
  private static final LocalDateTime NOW = LocalDateTime.of(2026, 11, 23, 12, 0);

  @TestFactory
  Stream<DynamicTest> rendersAsPythonDoes() throws IOException {
    return lines().stream()
        .map(TemplateGoldenTest::parse)
        .map(line -> DynamicTest.dynamicTest(line.get("name").asText(), () -> check(line)));
  }

  private static List<String> lines() throws IOException {
    List<String> lines = new ArrayList<>();
    for (String file : FILES) {
      lines.addAll(Files.readAllLines(FOLDER.resolve(file + ".jsonl")));
    }
    return lines;
  }

  private static JsonNode parse(String line) {
    try {
      return Json.mapper().readTree(line);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void check(JsonNode line) {
    if (line.has("error")) {
      assertThatExceptionOfType(TemplateException.class).isThrownBy(() -> render(line));
    } else {
      assertThat(render(line)).isEqualTo(line.get("rendered").asText());
    }
  }

  @SuppressWarnings("unchecked")
  private static String render(JsonNode line) {
    Map<String, ?> context = Json.mapper().convertValue(line.get("context"), Map.class);
    return Template.parse(line.get("template").asText()).render(context, NOW);
  }
}
