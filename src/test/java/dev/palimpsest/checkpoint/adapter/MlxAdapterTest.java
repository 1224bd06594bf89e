package dev.palimpsest.checkpoint.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.Json;
import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.Fixtures;
import dev.palimpsest.checkpoint.model.Checkpoint;
import dev.palimpsest.checkpoint.safetensors.SafetensorsBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Adapters of mlx-lm: what is read beside the plain case, and what is refused in one sentence. */
final class MlxAdapterTest {
  private static final String QUERY = "model.layers.2.self_attn.q_proj";

  @TempDir private Path folder;
  private final ObjectNode config = Json.mapper().createObjectNode();
  private final ObjectNode header = Json.mapper().createObjectNode();
  private int end;

  @BeforeEach
  void saysWhatMlxSays() {
    config.put("fine_tune_type", "lora").put("num_layers", 1).put("model", "mlx-community/tiny");
    config.putObject("lora_parameters").put("rank", 2).put("dropout", 0.0).put("scale", 20.0);
  }

  private MlxAdapterTest tensor(String name, int rows, int columns) {
    ObjectNode entry = header.putObject(name).put("dtype", "F32");
    entry.putArray("shape").add(rows).add(columns);
    entry.putArray("data_offsets").add(end).add(end += 4 * rows * columns);
    return this;
  }

  private MlxAdapterTest pair(String module) {
    return tensor(module + ".lora_a", 32, 2).tensor(module + ".lora_b", 2, 32);
  }

  private Adapter open() throws IOException {
    Files.writeString(folder.resolve("adapter_config.json"), config.toString());
    Files.write(
        folder.resolve("adapters.safetensors"), SafetensorsBytes.of(header.toString(), end));
    return Adapter.open(folder);
  }

  private void assertRefused(String sentence) {
    assertThatThrownBy(() -> open().close())
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining(sentence);
  }

  private List<String> notes() throws IOException {
    try (Adapter adapter = open();
        Checkpoint base = Checkpoint.open(Fixtures.path("llama"))) {
      adapter.checkAgainst(base);
      return adapter.warningsOn(base);
    }
  }

  @Test
  void theLastLayersAloneMayBeTuned() throws IOException {
    ((ObjectNode) config.get("lora_parameters")).putArray("keys").add("self_attn.q_proj");
    pair(QUERY);
    assertThat(notes()).noneMatch(note -> note.contains("has no tensors for"));
    try (Adapter adapter = Adapter.open(folder)) {
      assertThat(adapter.modules()).extracting(LoraModule::module).containsExactly(QUERY);
      assertThat(adapter.modules().get(0).scaling()).isEqualTo(20);
      assertThat(adapter.modules().get(0).rank()).isEqualTo(2);
    }
  }

  @Test
  void oneTrainedOnQuantisedWeightsSaysSo() throws IOException {
    pair(QUERY);
    for (String name : List.of("tiny-4bit", "tiny-6bit", "tiny-3bit-DWQ", "tiny-mxfp4")) {
      config.put("model", "mlx-community/" + name);
      assertThat(notes()).anyMatch(note -> note.contains("was trained on quantised weights"));
    }
    config.put("model", "mlx-community/tiny-16bit");
    assertThat(notes()).noneMatch(note -> note.contains("was trained on quantised weights"));
  }

  @Test
  void anAlphaThatMlxDoesNotFollowIsSaid() throws IOException {
    ((ObjectNode) config.get("lora_parameters")).put("alpha", 16);
    pair(QUERY);
    assertThat(notes()).anyMatch(note -> note.contains("has lora_parameters.alpha"));
  }

  @Test
  void whatIsIncompleteIsRefused() {
    tensor(QUERY + ".lora_a", 32, 2);
    assertRefused("lacks tensor " + QUERY + ".lora_b");
  }

  @Test
  void aScaleIsNeeded() {
    pair(QUERY);
    ((ObjectNode) config.get("lora_parameters")).remove("scale");
    assertRefused("scale");
  }

  @Test
  void factorsThatCannotBeMultipliedAreRefused() {
    tensor(QUERY + ".lora_a", 32, 2).tensor(QUERY + ".lora_b", 3, 32);
    assertRefused("which cannot be multiplied as matrices");
  }

  @Test
  void otherKindsOfTuningAreRefused() {
    pair(QUERY);
    config.put("fine_tune_type", "prefix");
    assertRefused("fine_tune_type");
  }

  @Test
  void weightsThatALoraHasNotAreReferredToTheFusedModel() {
    pair(QUERY).tensor("model.norm.weight", 1, 32);
    assertRefused("mlx_lm.fuse --model BASE --adapter-path DIR --save-path OUT");
  }

  @Test
  void magnitudesNeedTheirFactors() {
    config.put("fine_tune_type", "dora");
    pair(QUERY);
    assertRefused("magnitude");
    tensor("model.layers.1.self_attn.q_proj.m", 1, 32);
    assertRefused("lacks tensor model.layers.1.self_attn.q_proj.lora_a");
  }
}
