package dev.palimpsest.decoder.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.Json;
import dev.palimpsest.inference.DType;
import dev.palimpsest.inference.ModelSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every {@code init_lora_weights} that PEFT loads again exactly, some of which change the base's
 * weights, against PEFT's forward pass after it has opened the saved folder
 * (bench/adapter_golden.py).
 */
final class AdapterStartGoldenTest {
  private static final Path BASES = Path.of("src/test/resources/adapters");
  private static final Path ROOT = BASES.resolve("starts");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"llama_tied", "llama", "qwen2", "phi3", "gpt2", "gpt_neox"})
  void everyAdapterComputesWhatPeftComputesAfterItsReload(String name) throws IOException {
    Map<String, Path> adapters = new TreeMap<>();
    try (Stream<Path> paths = Files.list(ROOT.resolve(name))) {
      paths.forEach(path -> adapters.put(path.getFileName().toString(), path));
    }
    SoftAssertions softly = new SoftAssertions();
    try (LocalRunner runner = open(name, adapters)) {
      adapters.forEach(
          (adapter, path) ->
              softly
                  .assertThat(logits(runner, adapter, path.resolve("expected.json")))
                  .as(adapter)
                  .containsExactly(expected(path.resolve("expected.json")), within(1e-4f)));
    }
    softly.assertAll();
  }

  /** As set_scale of PEFT: what is taken off the base stays off, also at scale 0. */
  @Test
  void aScaleIsThatOfTheTrainedProductsAlone() throws IOException {
    Path adapter = ROOT.resolve("qwen2/pissa");
    Path zero = adapter.resolve("scaled_0.json");
    Path half = adapter.resolve("scaled_0.5.json");
    try (LocalRunner runner = open("qwen2", Map.of("a", adapter))) {
      assertThat(logits(runner, "a@0", zero)).containsExactly(expected(zero), within(1e-4f));
      assertThat(logits(runner, "a@0.5", half)).containsExactly(expected(half), within(1e-4f));
    }
  }

  /** Adapters as somebody saved them, over the golden base that they were trained on. */
  @Test
  void adaptersOfOthersComputeWhatPeftComputes() throws IOException {
    for (String start : List.of("pissa", "olora")) {
      Path adapter = ROOT.resolve("golden_qwen2").resolve(start);
      Path expected = adapter.resolve("expected.json");
      ModelSpec spec =
          new ModelSpec(Golden.ROOT.resolve("qwen2"), DType.FLOAT32, Map.of("a", adapter));
      try (LocalRunner runner = LocalRunner.open(spec)) {
        assertThat(logits(runner, "a", expected))
            .containsExactly(expected(expected), within(1e-4f));
      }
    }
  }

  @Test
  void theBaseAndOtherAdaptersOverItStayAsTheyAre() throws IOException {
    Path expected = ROOT.resolve("qwen2/pissa/expected.json");
    Map<String, Path> both =
        Map.of("pissa", ROOT.resolve("qwen2/pissa"), "olora", ROOT.resolve("qwen2/olora"));
    float[] base;
    try (LocalRunner alone = open("qwen2", Map.of())) {
      base = alone.logits(Optional.empty(), ids(expected)).get(0).logitsLast();
    }
    try (LocalRunner runner = open("qwen2", both)) {
      assertThat(logits(runner, "pissa", expected)).isNotEqualTo(base);
      assertThat(runner.logits(Optional.empty(), ids(expected)).get(0).logitsLast())
          .isEqualTo(base);
    }
  }

  private LocalRunner open(String name, Map<String, Path> adapters) throws IOException {
    Path base = Files.createTempDirectory(folder, name);
    for (String file : List.of("config.json", "model.safetensors")) {
      Files.copy(BASES.resolve(name).resolve(file), base.resolve(file));
    }
    Path tokenizer = Golden.ROOT.resolve(name.startsWith("llama") ? "llama" : name);
    for (String file : List.of("tokenizer.json", "tokenizer_config.json")) {
      Files.copy(tokenizer.resolve(file), base.resolve(file));
    }
    return LocalRunner.open(new ModelSpec(base, DType.FLOAT32, adapters));
  }

  private static float[] logits(LocalRunner runner, String adapter, Path file) {
    return runner.logits(Optional.of(adapter), ids(file)).get(0).logitsLast();
  }

  private static List<int[]> ids(Path file) {
    return List.of(Golden.ints(read(file).get("ids")));
  }

  private static float[] expected(Path file) {
    return Golden.floats(read(file).get("logits_last"));
  }

  private static JsonNode read(Path file) {
    try {
      return Json.mapper().readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
