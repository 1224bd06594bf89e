package dev.palimpsest.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.Json;
import dev.palimpsest.inference.DType;
import dev.palimpsest.inference.PairRunner;
import dev.palimpsest.inference.PairSpec;
import dev.palimpsest.inference.TextDivergence;
import dev.palimpsest.worker.WorkerOptions;
import dev.palimpsest.worker.WorkerPairRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Figures of reference: transformers 5.23 and PEFT 0.21 in float64 on the same files, KL summed
 * over the whole vocabulary. Logits in float32 are within 1e-4 of them.
 */
@Tag("slow")
final class KlCommandTest {
  private static final Path LLAMA = Path.of("src/test/resources/golden/llama");
  private static final Path TUNED = LLAMA.resolve("adapters/lora_plain");

  @TempDir private Path folder;
  private RequestsRun commands;

  @BeforeEach
  void begin() {
    commands = new RequestsRun(folder, "--base", LLAMA.toString());
  }

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
  void aWorkerSaysTheSame() throws IOException {
    String text = "Anna carries a simple letter across the valley, but not today.";
    JsonNode answer = compare(TUNED, text);
    PairSpec spec = PairSpec.of(LLAMA, TUNED, DType.FLOAT32);
    try (PairRunner worker = WorkerPairRunner.start(spec, WorkerOptions.withThreads(1))) {
      TextDivergence found = worker.compareTexts(List.of(text), 2048).get(0);
      assertThat(Arrays.stream(found.divergence()).average().orElseThrow())
          .isEqualTo(answer.get("kl_mean").doubleValue());
      assertThat(Arrays.stream(found.divergence()).max().orElseThrow())
          .isEqualTo(answer.get("kl_max").doubleValue());
      assertThat(found.tunedLogProb()).isEqualTo(answer.get("tuned_logprob").doubleValue());
    }
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
    assertThat(commands.execute("kl", requests("Anna"), "--tuned", other.toString()))
        .isNotEqualTo(ExitCode.PASS);
    assertThat(commands.err()).contains("vocabulary").contains("461");
    assertThat(folder.resolve("out.jsonl")).doesNotExist();
  }

  private JsonNode compare(Path tuned, String text) throws IOException {
    return commands.run("kl", requests(text), "--tuned", tuned.toString()).get(0);
  }

  private static List<String> requests(String text) throws IOException {
    return List.of("{\"id\":1,\"text\":%s}".formatted(Json.mapper().writeValueAsString(text)));
  }
}
