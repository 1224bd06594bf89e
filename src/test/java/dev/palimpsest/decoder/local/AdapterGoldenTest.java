package dev.palimpsest.decoder.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.Json;
import dev.palimpsest.inference.DType;
import dev.palimpsest.inference.ModelSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What PEFT can put into a LoRA adapter, over bases of several families, against PEFT's own forward
 * pass in float32 (bench/adapter_golden.py).
 */
@Tag("slow")
final class AdapterGoldenTest {
  private static final Path ROOT = Path.of("src/test/resources/adapters");
  private static final Path TOKENIZER = Golden.ROOT.resolve("llama");

  @ParameterizedTest
  @ValueSource(
      strings = {"llama_tied", "llama", "qwen2", "qwen3", "phi3", "gemma2", "gpt2", "gpt_neox"})
  void everyAdapterOfABaseComputesWhatPeftComputes(String name, @TempDir Path folder)
      throws IOException {
    Path base = ROOT.resolve(name);
    copy(base, folder, "config.json", "model.safetensors");
    if (name.equals("qwen2")) { // the one family here whose class no file can change
      copy(Golden.ROOT.resolve(name), folder, "tokenizer.json", "tokenizer_config.json");
    } else {
      copy(TOKENIZER, folder, "tokenizer.json");
      Files.writeString(
          folder.resolve("tokenizer_config.json"),
          "{\"tokenizer_class\":\"PreTrainedTokenizerFast\"}");
    }
    check(folder, adapters(base));
  }

  private static void check(Path base, Map<String, Path> adapters) throws IOException {
    assertThat(adapters).isNotEmpty();
    SoftAssertions softly = new SoftAssertions();
    try (LocalRunner runner = LocalRunner.open(new ModelSpec(base, DType.FLOAT32, adapters))) {
      for (Map.Entry<String, Path> adapter : adapters.entrySet()) {
        JsonNode expected = expected(adapter.getValue());
        List<int[]> sequence = List.of(Golden.ints(expected.get("ids")));
        softly
            .assertThat(runner.logits(Optional.of(adapter.getKey()), sequence).get(0).logitsLast())
            .as(adapter.getKey())
            .containsExactly(Golden.floats(expected.get("logits_last")), within(1e-4f));
      }
    }
    softly.assertAll();
  }

  /** Adapters on single parameters, which hold the weights of many experts. */
  @ParameterizedTest
  @ValueSource(strings = {"qwen3_moe", "qwen2_moe", "mixtral", "gpt_oss"})
  void everyAdapterOverExpertsComputesWhatPeftComputes(String name) throws IOException {
    check(Golden.ROOT.resolve(name), adapters(ROOT.resolve(name)));
  }

  @Test
  void everyAdapterOverATextPartComputesWhatPeftComputes() throws IOException {
    check(Golden.ROOT.resolve("gemma3_whole"), adapters(ROOT.resolve("gemma3_whole")));
  }

  private static Map<String, Path> adapters(Path base) throws IOException {
    Map<String, Path> adapters = new TreeMap<>();
    try (Stream<Path> files = Files.list(base)) {
      files
          .filter(Files::isDirectory)
          .forEach(path -> adapters.put(path.getFileName().toString(), path));
    }
    return adapters;
  }

  private static JsonNode expected(Path adapter) throws IOException {
    return Json.mapper().readTree(Files.readString(adapter.resolve("expected.json")));
  }

  private static void copy(Path from, Path into, String... names) throws IOException {
    for (String name : names) {
      Files.copy(from.resolve(name), into.resolve(name));
    }
  }
}
