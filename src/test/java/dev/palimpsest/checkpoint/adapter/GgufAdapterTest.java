package dev.palimpsest.checkpoint.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.Fixtures;
import dev.palimpsest.checkpoint.GgufBytes;
import dev.palimpsest.checkpoint.inspection.Inspection;
import dev.palimpsest.checkpoint.model.Checkpoint;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** LoRA adapters in GGUF: what is read, and what is refused in one sentence. */
final class GgufAdapterTest {
  private static final String QUERY = "blk.0.attn_q.weight";

  @TempDir private Path folder;

  private static GgufBytes sound() {
    return GgufBytes.lora("llama").with("adapter.lora.alpha", 6f).pair(QUERY, 32, 32, 2);
  }

  private Path write(GgufBytes bytes) {
    return bytes.write(folder.resolve("tuned.gguf"));
  }

  private void assertRefused(GgufBytes bytes, String sentence) {
    Path file = write(bytes);
    assertThatThrownBy(() -> Adapter.open(file))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining(sentence);
    assertThat(Inspection.of(file).isRefused()).isTrue();
  }

  private double scaling(GgufBytes bytes) {
    try (Adapter adapter = Adapter.open(write(bytes))) {
      return adapter.modules().get(0).scaling();
    }
  }

  @Test
  void factorsAreScaledByAlphaOverTheirRank() {
    assertThat(scaling(sound())).isEqualTo(3);
    assertThat(scaling(sound().with("adapter.lora.alpha", 0.37f))).isEqualTo(0.37f / 2.0);
    assertThat(scaling(sound().with("adapter.lora.alpha", -4f))).isEqualTo(-2);
  }

  /** As llama.cpp has it. */
  @Test
  void withoutAlphaProductsAreTakenAsTheyAre() {
    assertThat(scaling(sound().with("adapter.lora.alpha", 0f))).isEqualTo(1);
    assertThat(scaling(sound().without("adapter.lora.alpha"))).isEqualTo(1);
    assertThat(scaling(sound().without("adapter.lora.alpha").pair("output.weight", 461, 32, 5)))
        .isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY})
  void anAlphaThatIsNoNumberIsRefused(float alpha) {
    assertRefused(sound().with("adapter.lora.alpha", alpha), "lora_alpha");
  }

  @Test
  void itSaysWhatItIs() {
    Path file = write(sound());
    assertThat(Inspection.of(file).isRefused()).isFalse();
    assertThat(Inspection.of(file).findings())
        .anySatisfy(
            finding ->
                assertThat(finding.sentence()).isEqualTo("is read as an adapter of llama.cpp"));
    try (Adapter adapter = Adapter.open(file);
        Checkpoint base = Checkpoint.open(Fixtures.path("llama"))) {
      adapter.checkAgainst(base);
      assertThat(adapter.name()).isEqualTo("tuned.gguf");
    }
  }

  @Test
  void aFolderWithOneSuchFileStandsForIt() {
    write(sound());
    try (Adapter adapter = Adapter.open(folder)) {
      assertThat(adapter.name()).isEqualTo("tuned.gguf");
    }
  }

  @Test
  void otherAdaptersThanLoraAreRefusedByTheirType() {
    assertRefused(
        sound().with("adapter.type", "control_vector"),
        "is an adapter of type control_vector, which is not supported; only lora is");
    assertRefused(sound().without("adapter.type"), "adapter.type is missing");
    assertRefused(
        sound().with("adapter.alora.invocation_tokens", 1), "is an activated LoRA (adapter.alora)");
  }

  @Test
  void aControlVectorIsRefusedAsOne() {
    GgufBytes vector =
        new GgufBytes()
            .with("general.architecture", "controlvector")
            .with("controlvector.model_hint", "llama")
            .tensor("direction.1", new float[32], 32);
    Path file = write(vector);
    assertThatThrownBy(() -> Checkpoint.open(file).close())
        .hasMessageContaining("is a control vector, which is not supported");
    assertThat(Inspection.of(file).findings().get(0).sentence())
        .contains("is a control vector, which is not supported");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt2", "gptneox", "falcon"})
  void architecturesWhoseMatricesAreReorderedAreReferredToThePeftFolder(String architecture) {
    GgufBytes bytes = GgufBytes.lora(architecture).pair("blk.0.attn_qkv.weight", 96, 32, 2);
    assertRefused(
        bytes,
        "is a LoRA adapter for architecture %s, which is not read from GGUF; give the PEFT folder"
            .formatted(architecture));
  }

  @Test
  void anUnknownArchitectureIsRefused() {
    assertRefused(GgufBytes.lora("mamba").pair("blk.0.ssm_in.weight", 8, 8, 2), "mamba");
  }

  @Test
  void tensorsThatAreNoPairAreRefused() {
    assertRefused(
        sound().tensor(QUERY + ".lora_c", new float[4], 2, 2),
        "which is neither lora_a nor lora_b");
    assertRefused(
        sound().tensor("blk.1.attn_q.weight.lora_a", new float[64], 2, 32),
        "lacks tensor blk.1.attn_q.weight.lora_b; fetch or convert it again");
    assertRefused(
        sound().tensor("blk.1.attn_q.weight.lora_b", new float[64], 32, 2),
        "lacks tensor blk.1.attn_q.weight.lora_a; fetch or convert it again");
    assertRefused(GgufBytes.lora("llama"), "holds no LoRA tensors");
  }

  @Test
  void factorsOfDifferentRanksAreRefused() {
    GgufBytes bytes =
        sound()
            .tensor("blk.0.attn_v.weight.lora_a", new float[64], 2, 32)
            .tensor("blk.0.attn_v.weight.lora_b", new float[48], 16, 3);
    assertRefused(
        bytes,
        "has blk.0.attn_v.weight.lora_a [2,32] and blk.0.attn_v.weight.lora_b [16,3], which"
            + " cannot be multiplied");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"blk.0.attn_norm.weight", "blk.0.ffn_gate_exps.weight", "blk.0.nothing.weight"})
  void whatIsNotOneMatrixIsRefused(String weight) {
    assertRefused(
        sound().pair(weight, 32, 32, 2),
        "changes %s, which is not supported in a LoRA adapter of architecture llama"
            .formatted(weight));
  }

  @ParameterizedTest
  @CsvSource({"qwen2, blk.0.attn_q.weight, 32", "llama, blk.0.attn_q.weight, 48"})
  void anotherBaseIsRefused(String architecture, String weight, int inputs) {
    Path file = write(GgufBytes.lora(architecture).pair(weight, 32, inputs, 2));
    try (Adapter adapter = Adapter.open(file);
        Checkpoint base = Checkpoint.open(Fixtures.path("llama"))) {
      assertThatThrownBy(() -> adapter.checkAgainst(base))
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("tuned.gguf");
    }
  }
}
