package dev.palimpsest.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.checkpoint.Fixtures;
import dev.palimpsest.checkpoint.GgufBytes;
import dev.palimpsest.checkpoint.HubDownload;
import dev.palimpsest.checkpoint.adapter.Adapter;
import dev.palimpsest.checkpoint.adapter.LoraModule;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checkpoints and adapters in the forms that people have them in, given to the commands. */
final class CheckpointFormsTest {
  private static final Path LLAMA = RequestsRun.LLAMA;
  private static final Path PLAIN = LLAMA.resolve("adapters/lora_plain");
  private static final Path GGUF = LLAMA.resolveSibling("llama_gguf/llama-F16.gguf");
  private static final String SCORE =
      "{\"id\":1,\"context_ids\":[1,17,200],\"continuation_ids\":[33,90]}";
  private static final String LOGITS = "{\"id\":1,\"ids\":[1,17,200]}";
  private static final String GENERATE = "{\"id\":1,\"prompt_ids\":[1,17,200]}";

  @TempDir private Path folder;
  private Path model;

  @BeforeEach
  void copy() throws IOException {
    model = Files.createDirectory(folder.resolve("model"));
    for (String name : List.of("config.json", "model.safetensors", "tokenizer.json")) {
      Files.copy(LLAMA.resolve(name), model.resolve(name));
    }
  }

  private RequestsRun on(Path checkpoint) {
    return new RequestsRun(folder, "--checkpoint", checkpoint.toString());
  }

  private JsonNode answer(Path checkpoint, String command, String request, String... more)
      throws IOException {
    return on(checkpoint).run(command, List.of(request), more).get(0);
  }

  @ParameterizedTest
  @CsvSource({"score, NaN", "generate, Infinity", "logits, -Infinity"})
  void aWeightThatIsNoNumberIsNamedBeforeTheRun(String command, float number) throws IOException {
    spoil(model.resolve("model.safetensors"), number);
    assertNamed(command, on(model), "model");
  }

  @ParameterizedTest
  @CsvSource({"score, Infinity", "generate, NaN", "logits, NaN"})
  void soIsOneOfAnAdapter(String command, float number) throws IOException {
    Path adapter = Files.createDirectory(folder.resolve("tuned"));
    for (String name : List.of("adapter_config.json", "adapter_model.safetensors")) {
      Files.copy(PLAIN.resolve(name), adapter.resolve(name));
    }
    spoil(adapter.resolve("adapter_model.safetensors"), number);
    assertNamed(command, on(model), "tuned", "--adapter", adapter.toString());
  }

  private void assertNamed(String command, RequestsRun run, String subject, String... more)
      throws IOException {
    String request = command.equals("score") ? SCORE : command.equals("logits") ? LOGITS : GENERATE;
    assertThat(run.execute(command, List.of(request), more)).isEqualTo(ExitCode.INTEGRITY);
    assertThat(run.err())
        .contains(subject + ": the tensor ")
        .contains(
            " holds NaN or infinity; the training diverged or the file is damaged, take an earlier"
                + " checkpoint or fetch it again.")
        .doesNotContain("Exception");
    assertThat(folder.resolve("out.jsonl")).doesNotExist();
  }

  /** Puts a number at the end of a safetensors file of float32. */
  private static void spoil(Path file, float number) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat(bytes.length - 4, number);
    Files.write(file, bytes);
  }

  @Test
  void everyCommandReadsTheCacheOfHuggingFace() throws IOException {
    Path cached = HubDownload.of(folder.resolve("hub/models--org--tiny"), LLAMA);
    Path snapshot = cached.resolve("snapshots/0123abcd");
    assertThat(answer(cached, "score", SCORE)).isEqualTo(answer(LLAMA, "score", SCORE));
    assertThat(answer(snapshot, "logits", LOGITS)).isEqualTo(answer(LLAMA, "logits", LOGITS));
    assertThat(answer(cached, "generate", GENERATE)).isEqualTo(answer(LLAMA, "generate", GENERATE));
  }

  @Test
  void adaptersInTheCacheAreCalledByTheirRepository() throws IOException {
    Path one = HubDownload.of(folder.resolve("hub/models--org--sft"), PLAIN);
    Path other = HubDownload.of(folder.resolve("hub/models--else--sft"), PLAIN);
    Path last =
        HubDownload.of(folder.resolve("hub/models--org--dpo"), LLAMA.resolve("adapters/lora_dora"));
    List<JsonNode> answers =
        on(LLAMA)
            .run(
                "score",
                List.of(SCORE),
                "--adapter",
                one.toString(),
                "--adapter",
                other.toString(),
                "--adapter",
                last.resolve("snapshots/0123abcd").toString());
    assertThat(answers)
        .extracting(answer -> answer.get("adapter").textValue())
        .containsExactly("org/sft", "else/sft", "dpo");
    assertThat(answers.get(0).get("logprob"))
        .isEqualTo(answer(LLAMA, "score", SCORE, "--adapter", PLAIN.toString()).get("logprob"));
  }

  @Test
  void aLoraInGgufIsAppliedOverABaseInEitherForm() throws IOException {
    String lora = converted(folder.resolve("lora.gguf")).toString();
    for (Path base : List.of(LLAMA, GGUF)) {
      for (String scale : List.of("1", "0.5", "-2")) {
        double peft = scored(base, "--adapter", PLAIN.toString(), "--adapter-scale", scale);
        assertThat(scored(base, "--adapter", lora, "--adapter-scale", scale))
            .isEqualTo(peft, within(1e-5));
      }
      assertThat(scored(base, "--adapter", lora)).isNotCloseTo(scored(base), within(1e-3));
    }
  }

  private double scored(Path base, String... options) throws IOException {
    return answer(base, "score", SCORE, options).get("logprob").doubleValue();
  }

  /** Writes the adapter as llama.cpp's converter does: rows of queries two by two. */
  private static Path converted(Path file) {
    GgufBytes bytes = GgufBytes.lora("llama").with("adapter.lora.alpha", 8f);
    try (Adapter adapter = Adapter.open(PLAIN)) {
      for (LoraModule module : adapter.modules()) {
        boolean queries = module.module().endsWith("q_proj");
        String layer = module.module().split("\\.", -1)[2];
        String name = "blk.%s.attn_%s.weight".formatted(layer, queries ? "q" : "v");
        float[] a = Fixtures.read(adapter.tensors(), module.a());
        float[] b = Fixtures.read(adapter.tensors(), module.b());
        int rank = module.rank();
        bytes.tensor(name + ".lora_a", a, rank, a.length / rank);
        bytes.tensor(name + ".lora_b", queries ? turned(b, rank, 8) : b, b.length / rank, rank);
      }
    }
    return bytes.write(file);
  }

  private static float[] turned(float[] rows, int rank, int head) {
    float[] turned = new float[rows.length];
    for (int row = 0; row < rows.length / rank; row++) {
      int inHead = row % head;
      int to = row - inHead + inHead % (head / 2) * 2 + inHead / (head / 2);
      System.arraycopy(rows, row * rank, turned, to * rank, rank);
    }
    return turned;
  }
}
