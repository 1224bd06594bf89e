package dev.palimpsest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tools and arguments of chat templates, as transformers 5.23 renders them
 * (bench/template_arguments_golden.py).
 */
final class TemplateArgumentsTest {
  private static final Path QWEN3 = Path.of("src/test/resources/golden/qwen3");
  private static final Path GOLDEN = Path.of("src/test/resources/chat/arguments");
  private static final String HELLO = "[{\"role\":\"user\",\"content\":\"Hello\"}]";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"own", "modes"})
  void tokenizeGivesTheTemplateWhatTransformersGivesIt(String template) throws IOException {
    List<JsonNode> cases = cases(template);
    List<String> requests = new ArrayList<>();
    for (JsonNode one : cases) {
      ObjectNode request =
          ((ObjectNode) one.deepCopy()).retain("messages", "tools", "template_kwargs");
      requests.add(request.put("id", 1).put("add_generation_prompt", true).toString());
    }
    List<JsonNode> answers =
        new RequestsRun(folder)
            .run("tokenize", requests, "--checkpoint", checkpoint(template).toString());
    for (int i = 0; i < answers.size(); i++) {
      String name = cases.get(i).get("case").asText();
      assertThat(answers.get(i).get("rendered")).as(name).isEqualTo(cases.get(i).get("rendered"));
      assertThat(answers.get(i).get("ids")).as(name).isEqualTo(cases.get(i).get("ids"));
    }
  }

  /** What follows the chat's own ids is what follows the chat. */
  @Test
  void generateGivesTheTemplateTheSame() throws IOException {
    JsonNode tools = cases("modes").get(5);
    ObjectNode chat =
        ((ObjectNode) tools.deepCopy()).retain("messages", "tools", "template_kwargs");
    ObjectNode ids = Json.mapper().createObjectNode().put("id", 2);
    ids.set("prompt_ids", tools.get("ids"));
    List<JsonNode> answers =
        new RequestsRun(folder)
            .run(
                "generate",
                List.of(chat.put("id", 1).toString(), ids.toString()),
                "--checkpoint",
                checkpoint("modes").toString(),
                "--max-new-tokens",
                "5");
    assertThat(answers.get(0).get("ids")).isEqualTo(answers.get(1).get("ids"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "enable_thinking=false | {\"enable_thinking\":false}",
        "reasoning_effort=low | {\"reasoning_effort\":\"low\"}",
        "reasoning_effort=\"low\" | {\"reasoning_effort\":\"low\"}",
        "date_string=2026-01-31 | {\"date_string\":\"2026-01-31\"}",
        "date_string=31 Jan 2026, 12:00=noon | {\"date_string\":\"31 Jan 2026, 12:00=noon\"}",
        "date_string= | {\"date_string\":\"\"}"
      })
  void anArgumentForAllRequestsIsJsonWhereItIsThatAndElseText(String argument, String kwargs)
      throws IOException {
    String checkpoint = checkpoint("modes").toString();
    String plain = "{\"id\":1,\"add_generation_prompt\":true,\"messages\":" + HELLO;
    JsonNode byOption =
        new RequestsRun(folder)
            .run(
                "tokenize",
                List.of(plain + "}"),
                "--checkpoint",
                checkpoint,
                "--template-arg",
                argument)
            .get(0);
    JsonNode byRequest =
        new RequestsRun(folder)
            .run(
                "tokenize",
                List.of(plain + ",\"template_kwargs\":" + kwargs + "}"),
                "--checkpoint",
                checkpoint)
            .get(0);
    assertThat(byOption).isEqualTo(byRequest);
  }

  @Test
  void aRequestsOwnArgumentGoesBeforeTheOneForAll() throws IOException {
    String request =
        "{\"id\":1,\"messages\":%s,\"template_kwargs\":{\"reasoning_effort\":\"high\"}}"
            .formatted(HELLO);
    List<JsonNode> answers =
        new RequestsRun(folder)
            .run(
                "tokenize",
                List.of(request),
                "--checkpoint",
                checkpoint("modes").toString(),
                "--template-arg",
                "reasoning_effort=low");
    assertThat(answers.get(0).get("rendered").asText()).contains("Reasoning: /think, HIGH<");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"template_kwargs\":[1] | field \"template_kwargs\" should be an object of the chat template's variables but is a list",
        "\"template_kwargs\":{\"messages\":[]} | field \"template_kwargs\" is refused: The template argument \"messages\" is set by the request itself; leave it out",
        "\"tools\":{} | field \"tools\" should be a list of tools but is an object",
      })
  void whatNoTemplateCanBeGivenIsRefusedByItsLine(String field, String sentence)
      throws IOException {
    String request = "{\"id\":1,\"messages\":" + HELLO + "," + field + "}";
    for (String command : List.of("tokenize", "generate")) {
      RequestsRun run = new RequestsRun(folder);
      assertThat(run.execute(command, List.of(request), "--checkpoint", QWEN3.toString()))
          .isEqualTo(ExitCode.USAGE);
      assertThat(run.err()).contains("in.jsonl, line 1: " + sentence);
    }
  }

  @Test
  void toolsAreForChats() throws IOException {
    RequestsRun run = new RequestsRun(folder);
    String request = "{\"id\":1,\"prompt\":\"Hello\",\"tools\":[]}";
    assertThat(run.execute("generate", List.of(request), "--checkpoint", QWEN3.toString()))
        .isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("is for chats; give \"messages\" with it, or --chat");
  }

  @ParameterizedTest
  @ValueSource(strings = {"enable_thinking", "=false", "a-b=1"})
  void anArgumentOfAnotherShapeIsRefused(String argument) throws IOException {
    RequestsRun run = new RequestsRun(folder);
    String request = "{\"id\":1,\"messages\":" + HELLO + "}";
    int code =
        run.execute(
            "tokenize",
            List.of(request),
            "--checkpoint",
            QWEN3.toString(),
            "--template-arg",
            argument);
    assertThat(code).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("should be like enable_thinking=false, not \"" + argument);
  }

  private static List<JsonNode> cases(String template) throws IOException {
    List<JsonNode> cases = new ArrayList<>();
    for (String line : Files.readAllLines(GOLDEN.resolve("expected.jsonl"))) {
      JsonNode one = Json.mapper().readTree(line);
      if (one.get("template").asText().equals(template)) {
        cases.add(one);
      }
    }
    assertThat(cases).hasSize(8);
    return cases;
  }

  /** The checkpoint, its template replaced by the one that was rendered. */
  private Path checkpoint(String template) throws IOException {
    if (template.equals("own")) {
      return QWEN3;
    }
    Path copy = Files.createDirectories(folder.resolve("model"));
    try (Stream<Path> files = Files.list(QWEN3)) {
      for (Path file : files.filter(f -> !Files.exists(copy.resolve(f.getFileName()))).toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    Files.writeString(
        copy.resolve("chat_template.jinja"), Files.readString(GOLDEN.resolve(template + ".jinja")));
    return copy;
  }
}
