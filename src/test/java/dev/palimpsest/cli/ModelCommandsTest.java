package dev.palimpsest.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that run a model, on the golden llama checkpoint. */
@Tag("slow")
final class ModelCommandsTest {
  private static final Path LLAMA = RequestsRun.LLAMA;

  @TempDir private Path folder;
  private RequestsRun commands;

  @BeforeEach
  void open() {
    commands = RequestsRun.onLlama(folder);
  }

  @Test
  void scoreAnswersInTheOrderOfTheRequests() throws IOException {
    JsonNode expected = golden().get("loglikelihood");
    List<String> requests = new ArrayList<>();
    for (JsonNode entry : expected) {
      requests.add(
          "{\"id\":%d,\"context_ids\":%s,\"continuation_ids\":%s}"
              .formatted(requests.size(), entry.get("context_ids"), entry.get("continuation_ids")));
    }
    List<JsonNode> answers = run("score", requests);
    assertThat(answers).hasSize(expected.size());
    for (int i = 0; i < answers.size(); i++) {
      assertThat(answers.get(i).get("id").intValue()).isEqualTo(i);
      assertThat(answers.get(i).get("logprob").doubleValue())
          .isCloseTo(expected.get(i).get("logprob").doubleValue(), within(1e-3));
      assertThat(answers.get(i).get("is_greedy")).isEqualTo(expected.get(i).get("is_greedy"));
    }
  }

  @Test
  void scoreTakesWholeTextsLongerThanTheModel() throws IOException {
    JsonNode expected = golden().get("loglikelihood_rolling");
    List<String> requests = new ArrayList<>();
    for (JsonNode entry : expected) {
      requests.add("{\"id\":%d,\"text\":%s}".formatted(requests.size(), entry.get("text")));
    }
    List<JsonNode> answers = run("score", requests);
    for (int i = 0; i < answers.size(); i++) {
      assertThat(answers.get(i).get("tokens").intValue())
          .isEqualTo(expected.get(i).get("ids").size());
      assertThat(answers.get(i).get("logprob").doubleValue())
          .isCloseTo(expected.get(i).get("logprob").doubleValue(), within(1e-3));
    }
  }

  @Test
  void generateAnswersWithTheNewTokensAndTheirText() throws IOException {
    JsonNode expected = golden().get("generate").get(0);
    List<JsonNode> answers =
        run(
            "generate",
            List.of("{\"id\":\"a\",\"prompt_ids\":" + expected.get("prompt_ids") + "}"),
            "--max-new-tokens",
            "16");
    assertThat(answers.get(0).get("ids")).isEqualTo(expected.get("output_ids"));
    assertThat(answers.get(0).get("text")).isEqualTo(expected.get("output_text"));
  }

  @Test
  void logitsAnswerWithEveryPosition() throws IOException {
    JsonNode expected = golden().get("cases").get(1);
    List<JsonNode> answers =
        run("logits", List.of("{\"id\":1,\"ids\":" + expected.get("input_ids") + "}"));
    assertThat(answers.get(0).get("argmax")).isEqualTo(expected.get("argmax"));
    assertThat(answers.get(0).get("logits_last").size())
        .isEqualTo(expected.get("logits_last").size());
  }

  @Test
  void aTokenOutsideTheVocabularyNamesFileLineAndFieldAndLeavesNothing() throws IOException {
    int code = execute("logits", List.of("{\"id\":1,\"ids\":[1]}", "{\"id\":2,\"ids\":[461]}"));
    assertThat(code).isEqualTo(ExitCode.USAGE);
    assertThat(commands.err()).contains("in.jsonl, line 2").contains("\"ids\"").contains("461");
    try (var files = Files.list(folder)) {
      assertThat(files)
          .extracting(file -> file.getFileName().toString())
          .containsExactly("in.jsonl");
    }
  }

  @Test
  void anEmptyContinuationIsRefusedBeforeTheModelIsLoaded() throws IOException {
    int code = execute("score", List.of("{\"id\":1,\"context_ids\":[1],\"continuation_ids\":[]}"));
    assertThat(code).isEqualTo(ExitCode.USAGE);
    assertThat(commands.err()).contains("line 1").contains("\"continuation_ids\"");
  }

  @Test
  void anUnknownDtypeIsAUsageErrorThatNamesTheKnownOnes() throws IOException {
    int code = execute("logits", List.of("{\"id\":1,\"ids\":[1]}"), "--dtype", "int8");
    assertThat(code).isEqualTo(ExitCode.USAGE);
    assertThat(commands.err()).contains("use float32 or bfloat16");
  }

  private List<JsonNode> run(String command, List<String> requests, String... more)
      throws IOException {
    return commands.run(command, requests, more);
  }

  private int execute(String command, List<String> requests, String... more) throws IOException {
    return commands.execute(command, requests, more);
  }

  private static JsonNode golden() throws IOException {
    return Json.mapper().readTree(Files.readString(LLAMA.resolve("expected.json")));
  }
}
