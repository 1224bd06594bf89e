package dev.palimpsest.decoder.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.inference.DType;
import dev.palimpsest.inference.DecoderException;
import dev.palimpsest.inference.EncodeRequest;
import dev.palimpsest.inference.GenerateOptions;
import dev.palimpsest.inference.ModelDescription;
import dev.palimpsest.inference.ModelSpec;
import dev.palimpsest.inference.Prompt;
import dev.palimpsest.inference.ScoreRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
final class LocalRunnerTest {
  private static final Path LLAMA = Golden.ROOT.resolve("llama");
  private static final List<int[]> SEQUENCE = List.of(new int[] {1, 17, 200, 33, 90});

  @TempDir private Path folder;

  @Test
  void readsTheConfigurationInTheSpellingOfTransformers4() throws IOException {
    copyModel();
    Files.copy(
        LLAMA.resolve("config.legacy.json"),
        folder.resolve("config.json"),
        StandardCopyOption.REPLACE_EXISTING);
    assertThat(logits(folder, DType.FLOAT32)).isEqualTo(logits(LLAMA, DType.FLOAT32));
  }

  @Test
  void computesInBfloat16WithinItsPrecision() {
    float[] exact = logits(LLAMA, DType.FLOAT32);
    float[] rounded = logits(LLAMA, DType.BFLOAT16);
    // 8 bits of mantissa on logits of about 10, through three layers
    assertThat(rounded).containsExactly(exact, within(0.5f)).isNotEqualTo(exact);
  }

  @Test
  void switchesAdaptersWithoutTouchingTheBase() {
    Map<String, Path> adapters =
        Map.of(
            "plain", LLAMA.resolve("adapters/lora_plain"),
            "dora", LLAMA.resolve("adapters/lora_dora"));
    try (LocalRunner runner = LocalRunner.open(new ModelSpec(LLAMA, DType.FLOAT32, adapters))) {
      float[] before = runner.logits(Optional.empty(), SEQUENCE).get(0).logitsLast();
      float[] plain = runner.logits(Optional.of("plain"), SEQUENCE).get(0).logitsLast();
      float[] dora = runner.logits(Optional.of("dora"), SEQUENCE).get(0).logitsLast();
      float[] after = runner.logits(Optional.empty(), SEQUENCE).get(0).logitsLast();
      assertThat(after).isEqualTo(before);
      assertThat(plain).isNotEqualTo(before).isNotEqualTo(dora);
      assertThat(runner.logits(Optional.of("plain"), SEQUENCE).get(0).logitsLast())
          .isEqualTo(plain);
    }
  }

  @Test
  void anAdapterThatAddsNothingLeavesEveryBitOfTheLogits() throws IOException {
    Path adapter = Files.createDirectory(folder.resolve("adapter"));
    Path original = LLAMA.resolve("adapters/lora_plain");
    copy(original, adapter, "adapter_config.json");
    Files.write(
        adapter.resolve("adapter_model.safetensors"),
        zeroed(Files.readAllBytes(original.resolve("adapter_model.safetensors"))));
    ModelSpec spec = new ModelSpec(LLAMA, DType.FLOAT32, Map.of("zero", adapter));
    try (LocalRunner runner = LocalRunner.open(spec)) {
      assertThat(runner.logits(Optional.of("zero"), SEQUENCE).get(0).logitsLast())
          .isEqualTo(runner.logits(Optional.empty(), SEQUENCE).get(0).logitsLast());
    }
  }

  @Test
  void describesTheModel() {
    try (LocalRunner runner = open(LLAMA, DType.FLOAT32)) {
      ModelDescription found = runner.description();
      assertThat(found.family()).isEqualTo("llama");
      assertThat(found.parameters()).isEqualTo(42_624);
      assertThat(found.maxLength()).isEqualTo(512);
      assertThat(found.vocabularySize()).isEqualTo(461);
      assertThat(found.tokenizerDigest()).hasSize(64);
    }
  }

  @Test
  void namesAnUnknownFamilyAndTheClosestOne() throws IOException {
    copyModel();
    String config = Files.readString(LLAMA.resolve("config.json"));
    Files.writeString(
        folder.resolve("config.json"),
        config.replace("\"model_type\": \"llama\"", "\"model_type\": \"lama9\""));
    assertThatThrownBy(() -> open(folder, DType.FLOAT32))
        .isInstanceOf(DecoderException.class)
        .hasMessageContaining("\"lama9\"")
        .hasMessageContaining("\"llama\"");
  }

  @Test
  void refusesWeightsThatDoNotBelongToTheConfiguration() throws IOException {
    copyModel();
    String config = Files.readString(LLAMA.resolve("config.json"));
    Files.writeString(
        folder.resolve("config.json"),
        config.replace("\"intermediate_size\": 64", "\"intermediate_size\": 80"));
    assertThatThrownBy(() -> open(folder, DType.FLOAT32))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("model.layers.0.mlp.gate_proj.weight")
        .hasMessageContaining("[64, 32]")
        .hasMessageContaining("[80, 32]");
  }

  @Test
  void namesTheLoadedAdaptersWhenAnotherIsAskedFor() {
    Map<String, Path> adapters = Map.of("plain", LLAMA.resolve("adapters/lora_plain"));
    try (LocalRunner runner = LocalRunner.open(new ModelSpec(LLAMA, DType.FLOAT32, adapters))) {
      assertThatThrownBy(() -> runner.logits(Optional.of("fancy"), SEQUENCE))
          .isInstanceOf(DecoderException.class)
          .hasMessage("There is no adapter \"fancy\"; loaded are: plain.");
    }
  }

  @Test
  void refusesTokensOutsideTheVocabulary() {
    try (LocalRunner runner = open(LLAMA, DType.FLOAT32)) {
      assertThatThrownBy(() -> runner.logits(Optional.empty(), List.of(new int[] {1, 461})))
          .isInstanceOf(DecoderException.class)
          .hasMessageContaining("Token id 461 is not in the model's vocabulary of 461");
    }
  }

  /** A token that was added for padding, to the tokenizer and not to the embedding. */
  @Test
  void refusesATextThatHoldsATokenWithoutARow() throws IOException {
    copyModel();
    Files.writeString(folder.resolve("added_tokens.json"), "{\"[PAD]\": 461}");
    try (LocalRunner runner = open(folder, DType.FLOAT32)) {
      float[] logits = runner.logits(Optional.empty(), SEQUENCE).get(0).logitsLast();
      assertThat(logits).isEqualTo(logits(LLAMA, DType.FLOAT32));
      int[] padded = ids(runner, "a [PAD]");
      assertThat(padded).endsWith(461);
      assertThatThrownBy(() -> runner.logits(Optional.empty(), List.of(padded)))
          .isInstanceOf(DecoderException.class)
          .hasMessage(
              "Token id 461 is not in the model's vocabulary of 461: the embedding has no row for"
                  + " it; leave its token out of the text.");
      assertThat(runner.logits(Optional.empty(), List.of(ids(runner, "a b")))).hasSize(1);
    }
  }

  private static int[] ids(LocalRunner runner, String text) {
    EncodeRequest request = new EncodeRequest(new Prompt.Text(text), List.of());
    return runner.encode(Optional.empty(), List.of(request)).get(0).contextIds();
  }

  @Test
  void saysSoWhenTheModelComputesNoNumbers() throws IOException {
    copyModel();
    overflow(folder.resolve("model.safetensors"));
    try (LocalRunner runner = open(folder, DType.FLOAT32)) {
      List<int[]> prompts = List.of(new int[] {1, 2, 3});
      assertThatThrownBy(
              () -> runner.generate(Optional.empty(), prompts, GenerateOptions.greedy(4)))
          .isInstanceOf(DecoderException.class)
          .hasMessageContaining("not a number");
      ScoreRequest request = new ScoreRequest(prompts.get(0), List.of(new int[] {5}));
      assertThatThrownBy(() -> runner.score(Optional.empty(), List.of(request)))
          .isInstanceOf(DecoderException.class)
          .hasMessageContaining("not a number");
    }
  }

  private static LocalRunner open(Path model, DType dtype) {
    return LocalRunner.open(new ModelSpec(model, dtype, Map.of()));
  }

  private static float[] logits(Path model, DType dtype) {
    try (LocalRunner runner = open(model, dtype)) {
      return runner.logits(Optional.empty(), SEQUENCE).get(0).logitsLast();
    }
  }

  private void copyModel() throws IOException {
    for (String file :
        List.of(
            "config.json",
            "generation_config.json",
            "model.safetensors",
            "tokenizer.json",
            "tokenizer_config.json")) {
      copy(LLAMA, folder, file);
    }
  }

  private static void copy(Path from, Path to, String file) throws IOException {
    Files.copy(from.resolve(file), to.resolve(file));
  }

  /** Sets all weights after the header to zero. */
  private static byte[] zeroed(byte[] safetensors) {
    int header = (int) ByteBuffer.wrap(safetensors).order(ByteOrder.LITTLE_ENDIAN).getLong();
    Arrays.fill(safetensors, 8 + header, safetensors.length, (byte) 0);
    return safetensors;
  }

  /** Gives all weights such size that sums of their products are beyond float32. */
  private static void overflow(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 8 + (int) buffer.getLong(0); at + 4 <= bytes.length; at += 4) {
      buffer.putFloat(at, at % 3 == 0 ? 0x1p50f : -0x1p50f);
    }
    Files.write(file, bytes);
  }
}
