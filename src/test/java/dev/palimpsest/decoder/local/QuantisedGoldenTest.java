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
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Checkpoints that bitsandbytes quantised, or that were packed from the published layouts of GPTQ
 * and AWQ, against transformers in float32 with the dequantised weights
 * (bench/quantised_golden.py).
 */
@Tag("slow")
final class QuantisedGoldenTest {
  private static final Path ROOT = Path.of("src/test/resources/quantised");
  private static final Path TOKENIZER = Golden.ROOT.resolve("llama");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fp4",
        "fp4_nested",
        "nf4_gpt2",
        "int8",
        "int8_gpt2",
        "gptq4_permuted",
        "gptq4_v2",
        "gptq4_gpt2",
        "gptq2",
        "gptq3",
        "gptq8",
        "awq"
      })
  void computesWithTheDequantisedWeights(String name, @TempDir Path folder) throws IOException {
    copy(ROOT.resolve(name), folder);
    for (String file : List.of("tokenizer.json", "tokenizer_config.json")) {
      Files.copy(TOKENIZER.resolve(file), folder.resolve(file));
    }
    JsonNode expected = Json.mapper().readTree(Files.readString(folder.resolve("expected.json")));
    try (LocalRunner runner = LocalRunner.open(new ModelSpec(folder, DType.FLOAT32, Map.of()))) {
      List<int[]> sequence = List.of(Golden.ints(expected.get("ids")));
      assertThat(runner.logits(Optional.empty(), sequence).get(0).logitsLast())
          .containsExactly(Golden.floats(expected.get("logits_last")), within(1e-4f));
    }
  }

  private static void copy(Path from, Path into) throws IOException {
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, into.resolve(file.getFileName()));
      }
    }
  }
}
