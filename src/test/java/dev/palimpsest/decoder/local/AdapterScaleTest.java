package dev.palimpsest.decoder.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.palimpsest.inference.DType;
import dev.palimpsest.inference.DecoderException;
import dev.palimpsest.inference.ModelSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
final class AdapterScaleTest {
  private static final Path LLAMA = Golden.ROOT.resolve("llama");
  private static final List<int[]> SEQUENCE = List.of(new int[] {1, 17, 200, 33, 90});

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"lora_plain", "lora_dora", "lora_embed_tokens"})
  void aScaleIsAnotherAlpha(String name) throws IOException {
    Path adapter = LLAMA.resolve("adapters/" + name);
    Path halved = withHalfTheAlpha(adapter);
    Map<String, Path> adapters = Map.of("a", adapter, "halved", halved);
    try (LocalRunner runner = LocalRunner.open(new ModelSpec(LLAMA, DType.FLOAT32, adapters))) {
      float[] whole = logits(runner, Optional.of("a"));
      float[] half = logits(runner, Optional.of("a@0.5"));
      assertThat(half)
          .containsExactly(logits(runner, Optional.of("halved")), within(2e-5f))
          .isNotEqualTo(whole);
      assertThat(logits(runner, Optional.of("a@1.0"))).isEqualTo(whole);
    }
  }

  @Test
  void aScaleHoldsForBiasesOfAdaptersToo() throws IOException {
    Path base = Path.of("src/test/resources/adapters/llama_tied");
    Path model = Files.createDirectory(folder.resolve("model"));
    for (String file : List.of("config.json", "model.safetensors")) {
      Files.copy(base.resolve(file), model.resolve(file));
    }
    Files.copy(LLAMA.resolve("tokenizer.json"), model.resolve("tokenizer.json"));
    Path adapter = base.resolve("lora_bias");
    Map<String, Path> adapters = Map.of("a", adapter, "halved", withHalfTheAlpha(adapter));
    try (LocalRunner runner = LocalRunner.open(new ModelSpec(model, DType.FLOAT32, adapters))) {
      assertThat(logits(runner, Optional.of("a@0.5")))
          .containsExactly(logits(runner, Optional.of("halved")), within(2e-5f))
          .isNotEqualTo(logits(runner, Optional.of("a")));
      assertThat(logits(runner, Optional.of("a@0"))).isEqualTo(logits(runner, Optional.empty()));
    }
  }

  @Test
  void atScaleZeroAPlainAdapterIsItsBase() {
    Map<String, Path> adapters = Map.of("a", LLAMA.resolve("adapters/lora_plain"));
    try (LocalRunner runner = LocalRunner.open(new ModelSpec(LLAMA, DType.FLOAT32, adapters))) {
      assertThat(logits(runner, Optional.of("a@0"))).isEqualTo(logits(runner, Optional.empty()));
      assertThatThrownBy(() -> logits(runner, Optional.of("b@0.5")))
          .isInstanceOf(DecoderException.class)
          .hasMessage("There is no adapter \"b\"; loaded are: a.");
    }
  }

  private static float[] logits(LocalRunner runner, Optional<String> adapter) {
    return runner.logits(adapter, SEQUENCE).get(0).logitsLast();
  }

  private Path withHalfTheAlpha(Path adapter) throws IOException {
    Files.copy(
        adapter.resolve("adapter_model.safetensors"), folder.resolve("adapter_model.safetensors"));
    String config = Files.readString(adapter.resolve("adapter_config.json"));
    double alpha = Double.parseDouble(config.replaceAll("(?s).*\"lora_alpha\": ([0-9.]+).*", "$1"));
    Files.writeString(
        folder.resolve("adapter_config.json"),
        config.replaceAll("\"lora_alpha\": [0-9.]+", "\"lora_alpha\": " + alpha / 2));
    return folder;
  }
}
