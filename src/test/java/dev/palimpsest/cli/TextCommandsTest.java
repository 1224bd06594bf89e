package dev.palimpsest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands tokenize and render. */
final class TextCommandsTest {
  private static final String LLAMA3 = "src/test/resources/golden/llama3";
  private static final String GEMMA2 = "src/test/resources/golden/gemma2";
  private static final Path EXPECTED = Path.of("src/test/resources/text/llama3.json");

  @TempDir private Path folder;
  private RequestsRun commands;

  @BeforeEach
  void begin() {
    commands = new RequestsRun(folder);
  }

  @Test
  void tokenizeGivesTheIdsOfTextsWithAndWithoutSpecialTokens() throws IOException {
    JsonNode ids = expected("tokenize").get("ids");
    String text = expected("tokenize").get("text").toString();
    List<JsonNode> answers =
        commands.run(
            "tokenize",
            List.of(
                "{\"id\":\"a\",\"text\":" + text + "}",
                "{\"id\":2,\"text\":" + text + ",\"add_special_tokens\":false}"),
            "--checkpoint",
            LLAMA3);
    assertThat(answers.get(0).get("ids")).isEqualTo(ids.get("add_special_tokens_true"));
    assertThat(answers.get(1).get("ids")).isEqualTo(ids.get("add_special_tokens_false"));
    assertThat(answers.get(1).get("id").intValue()).isEqualTo(2);
  }

  @Test
  void tokenizeRendersChatsWithTheCheckpointsTemplate() throws IOException {
    JsonNode chat = expected("chat");
    String request =
        "{\"id\":1,\"messages\":%s,\"add_generation_prompt\":%s}"
            .formatted(chat.get("messages"), chat.get("add_generation_prompt"));
    JsonNode answer = commands.run("tokenize", List.of(request), "--checkpoint", LLAMA3).get(0);
    assertThat(answer.get("rendered")).isEqualTo(chat.get("rendered"));
    assertThat(answer.get("ids")).isEqualTo(chat.get("ids"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"id\":1} | field \"text\" is missing; it should be a string",
        "{\"id\":1,\"text\":5} | field \"text\" should be a string but is a number",
        "{\"id\":1,\"text\":\"a\",\"special\":true} | field \"special\" is not known",
        "{\"id\":1,\"text\":\"a\",\"add_special_tokens\":1} | should be true or false",
        "{\"id\":1,\"messages\":[]} | field \"messages\" should be a list of",
        "{\"id\":1,\"messages\":[\"hi\"]} | field \"messages\" should be a list of",
        "{\"text\":\"a\"} | field \"id\" is missing",
        "[1] | found [1], expected one JSON object",
        "{\"id\": | found text that is not JSON"
      })
  void tokenizeNamesFileLineAndFieldOfABadRequest(String request, String sentence)
      throws IOException {
    List<String> requests = List.of("{\"id\":0,\"text\":\"fine\"}", request);
    assertThat(commands.execute("tokenize", requests, "--checkpoint", LLAMA3))
        .isEqualTo(ExitCode.USAGE);
    assertThat(commands.err()).contains("in.jsonl, line 2").contains(sentence);
    assertThat(folder.resolve("out.jsonl")).doesNotExist();
  }

  @Test
  void tokenizeNamesTheLineWhoseChatTheTemplateRefuses() throws IOException {
    String request = "{\"id\":1,\"messages\":[{\"role\":\"system\",\"content\":\"a\"}]}";
    int code = commands.execute("tokenize", List.of(request), "--checkpoint", GEMMA2);
    assertThat(code).isEqualTo(ExitCode.USAGE);
    assertThat(commands.err())
        .contains("in.jsonl, line 1")
        .contains("System role not supported")
        .doesNotContain("\tat ");
  }

  @Test
  void renderAnswersEachTemplateWithItsTextOrItsError() throws IOException {
    List<JsonNode> answers =
        commands.run(
            "render",
            List.of(
                "{\"id\":1,\"template\":\"{{ a|upper }}\",\"context\":{\"a\":\"x\"}}",
                "{\"id\":2,\"template\":\"{{ raise_exception('no') }}\",\"context\":{}}",
                "{\"id\":3,\"template\":\"{% for %}\"}",
                "{\"id\":4,\"template\":\"plain\"}"));
    assertThat(answers.get(0).get("rendered").textValue()).isEqualTo("X");
    assertThat(answers.get(1).get("error").textValue()).contains("no");
    assertThat(answers.get(2).get("error").textValue()).isNotBlank();
    assertThat(answers.get(2).has("rendered")).isFalse();
    assertThat(answers.get(3).get("rendered").textValue()).isEqualTo("plain");
  }

  @Test
  void renderReadsTheGivenTime() throws IOException {
    String request = "{\"id\":1,\"template\":\"{{ strftime_now('%d %b %Y %H:%M') }}\"}";
    assertThat(
            commands
                .run("render", List.of(request), "--now", "2026-01-31T12:30")
                .get(0)
                .get("rendered"))
        .hasToString("\"31 Jan 2026 12:30\"");
    assertThat(
            commands.run("render", List.of(request), "--now", "2026-01-31").get(0).get("rendered"))
        .hasToString("\"31 Jan 2026 00:00\"");
  }

  @Test
  void aTimeThatIsNoneIsAUsageError() throws IOException {
    int code =
        commands.execute("render", List.of("{\"id\":1,\"template\":\"\"}"), "--now", "yesterday");
    assertThat(code).isEqualTo(ExitCode.USAGE);
    assertThat(commands.err())
        .contains("--now should be a time like 2026-01-31T12:00, not 'yesterday'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"id\":1} | field \"template\" is missing; it should be a string",
        "{\"id\":1,\"template\":[]} | field \"template\" should be a string but is a list",
        "{\"id\":1,\"template\":\"\",\"context\":[]} | field \"context\" should be an object",
        "{\"id\":1,\"template\":\"\",\"kontext\":{}} | field \"kontext\" is not known"
      })
  void renderNamesFileLineAndFieldOfABadRequest(String request, String sentence)
      throws IOException {
    assertThat(commands.execute("render", List.of(request))).isEqualTo(ExitCode.USAGE);
    assertThat(commands.err()).contains("in.jsonl, line 1").contains(sentence);
    assertThat(folder.resolve("out.jsonl")).doesNotExist();
  }

  @Test
  void aMissingRequestsFileIsSaid() {
    assertThat(commands.execute("render", folder.resolve("nowhere.jsonl")))
        .isEqualTo(ExitCode.USAGE);
    assertThat(commands.err()).contains("nowhere.jsonl does not exist");
  }

  private static JsonNode expected(String kind) throws IOException {
    return Json.mapper().readTree(EXPECTED.toFile()).get(kind).get(0);
  }
}
