package dev.palimpsest.checkpoint.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.Fixtures;
import dev.palimpsest.checkpoint.tensor.StoredType;
import dev.palimpsest.checkpoint.tensor.TensorInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CheckpointTest {
  private static final String Q_PROJ = "model.layers.2.self_attn.q_proj.weight";

  @Test
  void aFolderGivesItsConfigurationAndTensors() {
    try (Checkpoint checkpoint = Checkpoint.open(Fixtures.path("llama"))) {
      assertThat(checkpoint.name()).isEqualTo("llama");
      assertThat(checkpoint.config().modelType()).isEqualTo("llama");
      assertThat(checkpoint.config().positiveInt("hidden_size")).isEqualTo(32);
      assertThat(checkpoint.generationConfig().eosTokenIds()).containsExactly(2);
      assertThat(checkpoint.tensors().info(Q_PROJ))
          .isEqualTo(new TensorInfo(Q_PROJ, StoredType.F32, new long[] {32, 32}, 4096));
    }
  }

  @Test
  void theTextPartOfAWholeModelIsSeenAsAModelOfItsOwn(@TempDir Path folder) throws IOException {
    Path golden = Path.of("src/test/resources/golden/gemma3_whole");
    Files.copy(golden.resolve("model.safetensors"), folder.resolve("model.safetensors"));
    String text = Files.readString(golden.resolve("config.json"));
    assertThat(text).contains("\"vocab_size\": 400");
    Files.writeString(
        folder.resolve("config.json"), text.replace("\"vocab_size\": 400", "\"size\": 400"));
    try (Checkpoint checkpoint = Checkpoint.open(folder)) {
      assertThat(checkpoint.config().modelType()).isEqualTo("gemma3_text");
      assertThat(checkpoint.config().positiveInt("vocab_size")).isEqualTo(400);
      assertThat(checkpoint.tensors().info("model.norm.weight").name())
          .isEqualTo("model.norm.weight");
      assertThat(checkpoint.tensors().names())
          .noneMatch(name -> name.contains("language_model"))
          .anyMatch(name -> name.startsWith("vision_tower."));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "language_model.model.layers.1.mlp, model.layers.1.mlp",
    "model.language_model.layers.1.mlp, model.layers.1.mlp",
    "language_model.lm_head, lm_head",
    "model.layers.1.mlp, model.layers.1.mlp",
  })
  void bothSpellingsOfATextPartAreThatOfTheModelAlone(String given, String alone) {
    assertThat(TextPart.nameAlone(given)).isEqualTo(alone);
  }

  @Test
  void aTensorIsReadAsItsBytesSay() {
    try (Checkpoint checkpoint = Checkpoint.open(Fixtures.path("llama"))) {
      float[] numbers = Fixtures.read(checkpoint.tensors(), Q_PROJ);
      float[] raw = new float[numbers.length];
      checkpoint.tensors().bytes(Q_PROJ).asFloatBuffer().get(raw);
      assertThat(numbers).isEqualTo(raw).startsWith(0.14306214f, -0.0015694073f).hasSize(32 * 32);
    }
  }

  /** The rows of q and k stand in another order in GGUF; half precision rounds to 2^-11. */
  @ParameterizedTest
  @CsvSource({"llama-F16.gguf, 0.0005", "llama-Q8_0.gguf, 0.01", "llama-Q4_1.gguf, 0.1"})
  void ggufGivesTheSameTensorsUpToItsRounding(String gguf, float tolerance) {
    try (Checkpoint folder = Checkpoint.open(Fixtures.path("llama"));
        Checkpoint file = Checkpoint.open(Fixtures.path("gguf/" + gguf))) {
      assertThat(file.tensors().names())
          .containsExactlyInAnyOrderElementsOf(folder.tensors().names());
      for (String name : folder.tensors().names()) {
        assertThat(file.tensors().info(name).shape())
            .isEqualTo(folder.tensors().info(name).shape());
        assertThat(Fixtures.read(file.tensors(), name))
            .as(name)
            .usingComparatorWithPrecision(tolerance)
            .containsExactly(Fixtures.read(folder.tensors(), name));
      }
    }
  }

  @Test
  void ggufGivesTheSameConfigurationAsTheFolderItWasMadeFrom() {
    try (Checkpoint folder = Checkpoint.open(Fixtures.path("llama"));
        Checkpoint file = Checkpoint.open(Fixtures.path("gguf/llama-F16.gguf"))) {
      for (String field :
          new String[] {
            "model_type",
            "architectures",
            "hidden_size",
            "intermediate_size",
            "num_hidden_layers",
            "num_attention_heads",
            "num_key_value_heads",
            "head_dim",
            "vocab_size",
            "tie_word_embeddings",
            "max_position_embeddings",
            "hidden_act",
            "attention_bias",
            "mlp_bias",
            "bos_token_id",
            "eos_token_id"
          }) {
        assertThat(file.config().node().get(field))
            .as(field)
            .isEqualTo(folder.config().node().get(field));
      }
      assertThat(file.config().number("rope_theta")).isEqualTo(10_000);
      assertThat(file.config().number("rms_norm_eps")).isEqualTo((double) 0.001f);
    }
  }

  @Test
  void aFolderWithOneGgufFileIsThatFile(@TempDir Path folder) throws IOException {
    Files.copy(Fixtures.path("gguf/llama-Q4_0.gguf"), folder.resolve("model.gguf"));
    try (Checkpoint checkpoint = Checkpoint.open(folder)) {
      assertThat(checkpoint).isInstanceOf(GgufCheckpoint.class);
      assertThat(checkpoint.name()).isEqualTo("model.gguf");
    }
  }

  @Test
  void anEmptyFolderIsRefusedWithAdvice(@TempDir Path folder) {
    assertThatThrownBy(() -> Checkpoint.open(folder))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("is an empty folder; put config.json");
  }
}
