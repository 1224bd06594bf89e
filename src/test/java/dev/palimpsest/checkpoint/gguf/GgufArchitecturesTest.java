package dev.palimpsest.checkpoint.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.CheckpointLocation;
import dev.palimpsest.checkpoint.Manifest;
import dev.palimpsest.checkpoint.inspection.Inspection;
import dev.palimpsest.checkpoint.model.Checkpoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the models compute is in DecoderGoldenTest; here is what is read, and what is refused. */
final class GgufArchitecturesTest {
  private static final Path FILES = Path.of("src/test/resources/gguf");
  private static final int INT32 = 5;
  private static final int FLOAT32 = 6;
  private static final int BOOL = 7;
  private static final int TEXT = 8;
  private static final int KEY_COUNT_AT = 16;
  private static final int KEYS_AT = 24;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "llama_rope", "mistral", "mixtral", "qwen2moe", "qwen3moe", "gpt_oss", "gemma", "gemma2",
        "gemma3", "phi2", "phi3", "phi3_longrope", "granite", "smollm3", "olmo2", "stablelm",
        "stablelm_parallel", "gpt2", "gptneox", "falcon_7b", "falcon_40b"
      })
  void anInspectionFindsEveryTensorThatTheFamilyCallsFor(String name) {
    assertThat(Inspection.of(FILES.resolve(name)).findings())
        .noneMatch(finding -> finding.severity() == Inspection.Severity.ERROR);
  }

  @ParameterizedTest
  @CsvSource({
    "qwen2moe, attention.clamp_kqv, 6",
    "olmo2, attn_logit_softcapping, 50",
    "llama_rope, logit_scale, 16",
    "llama_rope, rope.scaling.yarn_log_multiplier, 0.1",
    "gptneox, attention.max_alibi_bias, 8",
    "qwen3moe, expert_weights_scale, 2.5",
    "falcon_7b, something.of.tomorrow, 3"
  })
  void aKeyThatChangesTheComputationAndIsNotFollowedIsNamed(String name, String key, float value)
      throws IOException {
    assertThatThrownBy(() -> open(name, key, FLOAT32, bytes(4).putFloat(value)))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining(
            key + " is " + (double) value + ", expected none: it changes what is computed");
  }

  @Test
  void aWindowThatTheArchitectureDoesNotHaveIsNamed() {
    assertThatThrownBy(() -> open("olmo2", "attention.sliding_window", INT32, bytes(4).putInt(16)))
        .hasMessageContaining("olmo2.attention.sliding_window is 16, expected none");
    assertThatCode(() -> open("olmo2", "attention.sliding_window", INT32, bytes(4).putInt(128)))
        .as("as long as the longest sequence")
        .doesNotThrowAnyException();
  }

  @Test
  void oneThatChangesNothingIsLeftAlone() {
    assertThatCode(() -> open("olmo2", "attention.clamp_kqv", FLOAT32, bytes(4).putFloat(0)))
        .doesNotThrowAnyException();
    assertThatCode(() -> open("phi2", "rope.scaling.attn_factor", FLOAT32, bytes(4).putFloat(1)))
        .doesNotThrowAnyException();
    assertThatCode(() -> open("phi2", "pooling_type", INT32, bytes(4).putInt(0)))
        .doesNotThrowAnyException();
  }

  @Test
  void anotherKindOfModelOrRoutingIsRefused() {
    assertThatThrownBy(() -> open("olmo2", "attention.causal", BOOL, bytes(1).put((byte) 0)))
        .hasMessageContaining("olmo2.attention.causal is false, expected true");
    assertThatThrownBy(() -> open("qwen3moe", "expert_gating_func", INT32, bytes(4).putInt(2)))
        .hasMessageContaining("qwen3moe.expert_gating_func is 2, expected 1");
  }

  @Test
  void sizesThatNoModelHasAreRefusedBeforeAnythingIsMadeOfThem() throws IOException {
    byte[] content = Files.readAllBytes(FILES.resolve("qwen3moe/model.gguf"));
    int at = new String(content, StandardCharsets.ISO_8859_1).indexOf("block_count") + 11 + 4;
    ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).putInt(at, Integer.MAX_VALUE);
    Path file = Files.write(folder.resolve("model.gguf"), content);
    assertThatThrownBy(() -> Checkpoint.open(file))
        .hasMessageContaining("qwen3moe.block_count is 2147483647, expected at most 10000");
  }

  @Test
  void anArchitectureThatIsNotReadIsToldWithThoseThatAre() throws IOException {
    byte[] content = Files.readAllBytes(FILES.resolve("gpt2/model.gguf"));
    byte[] name = "gpt2".getBytes(StandardCharsets.UTF_8);
    int at = new String(content, StandardCharsets.ISO_8859_1).indexOf("architecture") + 12 + 4 + 8;
    assertThat(Arrays.copyOfRange(content, at, at + 4)).isEqualTo(name);
    content[at] = 'r';
    Path file = Files.write(folder.resolve("model.gguf"), content);
    assertThatThrownBy(() -> Checkpoint.open(file))
        .hasMessageContaining("has architecture rpt2, which is not read from GGUF (these are: fal");
  }

  @Test
  void olderSpellingsOfTensorsAreKnown() {
    GgufNames experts = GgufNames.LLAMA.with("ffn_gate_exps", "experts.{i}.w1");
    assertThat(experts.of("blk.1.ffn_gate.3.weight"))
        .as("a tensor for each expert, as in 2023")
        .contains(List.of("model.layers.1.experts.3.w1.weight"));
    assertThat(experts.of("blk.0.attn_qkv.bias"))
        .as("queries, keys and values of the first Phi 2 files")
        .contains(
            List.of(
                "model.layers.0.self_attn.q_proj.bias",
                "model.layers.0.self_attn.k_proj.bias",
                "model.layers.0.self_attn.v_proj.bias"));
    assertThat(experts.of("blk.0.ffn_gate.weight"))
        .contains(List.of("model.layers.0.mlp.gate_proj.weight"));
    assertThat(experts.of("blk.0.ssm_a.weight")).isEmpty();
    assertThat(GgufNames.LLAMA.of("blk.0.ffn_gate.3.weight")).isEmpty();
  }

  @Test
  void whatTheFirstGemma2FilesDoNotSayIsWhatAllItsModelsHave() throws IOException {
    byte[] content = Files.readAllBytes(FILES.resolve("gemma2/model.gguf"));
    String text = new String(content, StandardCharsets.ISO_8859_1);
    for (String key : List.of("attn_logit", "final_logit", "attention.sliding")) {
      // under another name it is no key of the architecture
      content[text.indexOf("gemma2." + key)] = 'x';
    }
    Path file = Files.write(folder.resolve("model.gguf"), content);
    try (Checkpoint checkpoint = Checkpoint.open(file)) {
      assertThat(checkpoint.config().number("attn_logit_softcapping")).isEqualTo(50);
      assertThat(checkpoint.config().number("final_logit_softcapping")).isEqualTo(30);
      assertThat(checkpoint.config().positiveInt("sliding_window")).isEqualTo(4096);
    }
  }

  @Test
  void allPartsOfASplitModelAreReadAndDigested() throws IOException {
    List<Path> parts = copyParts();
    try (Checkpoint checkpoint = Checkpoint.open(parts.get(0));
        Checkpoint byFolder = Checkpoint.open(folder)) {
      assertThat(checkpoint.tensors().names()).isEqualTo(byFolder.tensors().names()).hasSize(21);
      assertThat(byFolder.name()).isEqualTo("model-00001-of-00002.gguf");
    }
    assertThat(Manifest.ofCheckpoint(parts.get(0), (done, total) -> {}).entries()).hasSize(2);
  }

  @Test
  void aPartThatIsMissingOrIsNotTheFirstIsTold() throws IOException {
    List<Path> parts = copyParts();
    assertThatThrownBy(() -> Checkpoint.open(parts.get(1)))
        .hasMessageContaining("is part 2 of 2; give the path of the first");
    Files.copy(parts.get(0), folder.resolve("other-00001-of-00002.gguf"));
    assertThatThrownBy(() -> Checkpoint.open(folder.resolve("other-00001-of-00002.gguf")))
        .hasMessageContaining("but other-00002-of-00002.gguf is missing; put all parts into");
    Files.copy(parts.get(0), folder.resolve("other-00002-of-00002.gguf"));
    assertThatThrownBy(() -> Checkpoint.open(folder.resolve("other-00001-of-00002.gguf")))
        .hasMessageContaining("other-00002-of-00002.gguf: is not part 2 of 2");
  }

  private List<Path> copyParts() throws IOException {
    for (String name : List.of("model-00001-of-00002.gguf", "model-00002-of-00002.gguf")) {
      Files.copy(FILES.resolve("granite").resolve(name), folder.resolve(name));
    }
    return CheckpointLocation.list(folder);
  }

  private static ByteBuffer bytes(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Opens and closes a model to whose keys one was added. */
  private void open(String name, String key, int type, ByteBuffer value) throws IOException {
    byte[] content = Files.readAllBytes(FILES.resolve(name).resolve("model.gguf"));
    ByteBuffer original = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer added = bytes(512);
    put(added, architecture(name) + "." + key, type).put(value.flip());
    // the rest keeps its alignment
    put(added, "filling", TEXT);
    int length = (added.position() + 8 + 31) / 32 * 32;
    added.putLong(length - added.position() - 8);
    byte[] edited = new byte[content.length + length];
    ByteBuffer target = ByteBuffer.wrap(edited).order(ByteOrder.LITTLE_ENDIAN);
    target.put(content, 0, KEYS_AT).put(added.clear().limit(length));
    target.put(content, KEYS_AT, content.length - KEYS_AT);
    target.putLong(KEY_COUNT_AT, original.getLong(KEY_COUNT_AT) + 2);
    Path file = Files.write(folder.resolve("model.gguf"), edited);
    Checkpoint.open(file).close();
  }

  private static ByteBuffer put(ByteBuffer target, String key, int type) {
    byte[] utf8 = key.getBytes(StandardCharsets.UTF_8);
    return target.putLong(utf8.length).put(utf8).putInt(type);
  }

  private static String architecture(String name) {
    return name.startsWith("llama") ? "llama" : name.replaceAll("_.*", "");
  }
}
