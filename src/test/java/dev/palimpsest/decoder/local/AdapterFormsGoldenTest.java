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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Adapters in the forms of llama.cpp and mlx-lm against PEFT's forward pass with the same factors
 * (bench/adapter_forms_golden.py).
 */
@Tag("slow")
final class AdapterFormsGoldenTest {
  private static final Path ROOT = Path.of("src/test/resources/adapter_forms");
  private static final Path BASES = Path.of("src/test/resources/adapters");

  @ParameterizedTest
  @ValueSource(strings = {"llama_tied", "qwen2"})
  void everyFormComputesWhatPeftComputes(String name, @TempDir Path base) throws IOException {
    for (String file : List.of("config.json", "model.safetensors")) {
      Files.copy(BASES.resolve(name).resolve(file), base.resolve(file));
    }
    Path tokenizer =
        Golden.ROOT.resolve(name.startsWith("llama") ? "llama" : name).resolve("tokenizer.json");
    Files.copy(tokenizer, base.resolve("tokenizer.json"));
    Map<String, Path> adapters = adapters(ROOT.resolve(name));
    assertThat(adapters).hasSizeGreaterThan(8);
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

  private static Map<String, Path> adapters(Path folder) throws IOException {
    Map<String, Path> adapters = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      files
          .filter(path -> !path.toString().endsWith(".json"))
          .forEach(path -> adapters.put(path.getFileName().toString(), path));
    }
    return adapters;
  }

  private static JsonNode expected(Path adapter) throws IOException {
    Path beside =
        adapter.resolveSibling(adapter.getFileName().toString().replace(".gguf", ".json"));
    Path file = Files.isDirectory(adapter) ? adapter.resolve("expected.json") : beside;
    return Json.mapper().readTree(Files.readString(file));
  }
}
