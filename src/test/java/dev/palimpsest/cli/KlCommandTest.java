package dev.palimpsest.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * Figures of reference: transformers 5.23 and PEFT 0.21 in float64 on the same files, KL summed
 * over the whole vocabulary. Logits in float32 are within 1e-4 of them.
 */
final class KlCommandTest {
  private static final Path LLAMA = Path.of("src/test/resources/golden/llama");
  private static final Path TUNED = LLAMA.resolve("adapters/lora_plain");

  @TempDir private Path folder;
  private final StringWriter err = new StringWriter();

  @Test
  void anAdapterIsComparedWithItsBaseTokenByToken() throws IOException {
    JsonNode answer =
        compare(TUNED, "Anna carries a simple letter across the valley, but not today.");
    assertThat(answer.get("tokens").intValue()).isEqualTo(34);
    assertThat(answer.get("kl_mean").doubleValue()).isCloseTo(2.84739815, within(1e-4));
    assertThat(answer.get("kl_median").doubleValue()).isCloseTo(2.48849418, within(2e-4));
    assertThat(answer.get("kl_max").doubleValue()).isCloseTo(8.53046806, within(2e-4));
    assertThat(answer.get("same_top").doubleValue()).isCloseTo(7 / 34.0, within(1e-9));
    assertThat(answer.get("base_logprob").doubleValue()).isCloseTo(-312.691571, within(1e-3));
    assertThat(answer.get("tuned_logprob").doubleValue()).isCloseTo(-334.983086, within(1e-3));
  }

  @Test
  void aCheckpointHasNotMovedFromItself() throws IOException {
    JsonNode answer = compare(LLAMA, "Anna carries a simple letter.");
    assertThat(answer.get("kl_max").doubleValue()).isLessThan(1e-6);
    assertThat(answer.get("same_top").doubleValue()).isEqualTo(1);
    assertThat(answer.get("tuned_logprob")).isEqualTo(answer.get("base_logprob"));
  }

  @Test
  void aTextLongerThanTheModelIsComparedInRollingWindows() throws IOException {
    JsonNode expected =
        Json.mapper()
            .readTree(Files.readString(LLAMA.resolve("expected.json")))
            .get("loglikelihood_rolling")
            .get(1);
    JsonNode answer = compare(TUNED, expected.get("text").textValue());
    assertThat(answer.get("tokens").intValue()).isEqualTo(expected.get("ids").size());
    assertThat(answer.get("base_logprob").doubleValue())
        .isCloseTo(expected.get("logprob").doubleValue(), within(1e-3));
  }

  @Test
  void anotherVocabularyIsRefusedWithBothSizes() throws IOException {
    Path other = Path.of("src/test/resources/golden/qwen2");
    assertThat(execute(other, "Anna")).isNotEqualTo(ExitCode.PASS);
    assertThat(err.toString()).contains("vocabulary").contains("461");
    assertThat(folder.resolve("out.jsonl")).doesNotExist();
  }

  private JsonNode compare(Path tuned, String text) throws IOException {
    assertThat(execute(tuned, text)).as(err.toString()).isEqualTo(ExitCode.PASS);
    return Json.mapper().readTree(Files.readString(folder.resolve("out.jsonl")));
  }

  private int execute(Path tuned, String text) throws IOException {
    String request = "{\"id\":1,\"text\":%s}".formatted(Json.mapper().writeValueAsString(text));
    Path in = Files.writeString(folder.resolve("in.jsonl"), request + "\n");
    List<String> arguments = new ArrayList<>(List.of("kl", "--base", LLAMA.toString()));
    arguments.addAll(List.of("--tuned", tuned.toString(), "--requests", in.toString()));
    arguments.addAll(List.of("--out", folder.resolve("out.jsonl").toString()));
    CommandLine commandLine = Main.commandLine();
    commandLine.setErr(new PrintWriter(err));
    return commandLine.execute(arguments.toArray(String[]::new));
  }
}
