package dev.palimpsest.checkpoint.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.Json;
import dev.palimpsest.checkpoint.model.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AdapterNotesTest {
  private static final Path ROOT = Path.of("src/test/resources/adapters/llama_tied");
  private static final Path QUANTISED = Path.of("src/test/resources/quantised/fp4");

  @TempDir private Path folder;

  @Test
  void aBaseOfTheSameNameNeedsNoNote() throws IOException {
    assertThat(notes(ROOT, "somebody/llama_tied")).isEmpty();
    assertThat(notes(ROOT, "somebody/Llama-Tied-Instruct")).isEmpty();
    assertThat(notes(ROOT, "")).isEmpty();
  }

  @Test
  void aBaseOfAnotherNameIsNoted() throws IOException {
    assertThat(notes(ROOT, "somebody/mistral-7b"))
        .containsExactly(
            "says that it was trained on somebody/mistral-7b, and the base is llama_tied; look"
                + " whether that is the same model");
  }

  @Test
  void aBaseOfAnotherPrecisionIsNoted() throws IOException {
    assertThat(notes(ROOT, "unsloth/llama_tied-bnb-4bit"))
        .singleElement()
        .asString()
        .contains("was trained on quantised weights (unsloth/llama_tied-bnb-4bit)");
    assertThat(notes(QUANTISED, "somebody/fp4-llama"))
        .as("its name says so")
        .noneMatch(note -> note.contains("does not say"));
  }

  @Test
  void modulesThatOnlyImagesGoThroughAreToldAndLeftAside() {
    Path whole = Path.of("src/test/resources/golden/gemma3_whole");
    try (Checkpoint opened = Checkpoint.open(whole);
        Adapter tuned = Adapter.open(Path.of("src/test/resources/adapters/gemma3_whole/names"))) {
      tuned.checkAgainst(opened);
      assertThat(tuned.modules()).hasSize(8).noneMatch(m -> m.module().contains("vision"));
      assertThat(tuned.notesOn(opened))
          .containsExactly("also changes 1 modules that only images go through; they are not used");
    }
  }

  /** PEFT 0.21 warns of the same modules as missing adapter keys. */
  @Test
  void targetedModulesWithoutTensorsAreNamed() throws IOException {
    assertThat(notesOf("layers", config -> config.putNull("layers_to_transform")))
        .containsExactly(
            "has no tensors for 2 of the 4 modules that it targets or saves"
                + " (model.layers.0.mlp.up_proj, model.layers.0.self_attn.q_proj); these stay"
                + " the base's, as in PEFT; if it was saved in part, save it again");
    assertThat(notesOf("excluded", config -> config.putNull("exclude_modules")))
        .singleElement()
        .asString()
        .startsWith("has no tensors for");
  }

  @Test
  void modulesToSaveWithoutTensorsAreNamed() throws IOException {
    assertThat(notesOf("layers", config -> config.putArray("modules_to_save").add("embed_tokens")))
        .singleElement()
        .asString()
        .contains("has no tensors for 1 of the 3 modules", "(model.embed_tokens)");
  }

  @ParameterizedTest
  @MethodSource("whole")
  void adaptersThatPeftWroteWholeLackNothing(Path adapter) {
    Path base = adapter.getParent();
    Path model = Path.of("src/test/resources/golden").resolve(base.getFileName());
    try (Checkpoint opened =
            Checkpoint.open(Files.exists(base.resolve("config.json")) ? base : model);
        Adapter tuned = Adapter.open(adapter)) {
      assertThat(tuned.unknownOptions()).isEmpty();
      assertThat(tuned.notesOn(opened)).noneMatch(note -> note.contains("has no tensors"));
    }
  }

  static List<Path> whole() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT.getParent(), 3)) {
      return files
          .filter(file -> file.endsWith("adapter_config.json"))
          .map(Path::getParent)
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"qwen2/mlx_lora", "qwen2/mlx_dora", "qwen2/mlx_full", "qwen2/all_f32.gguf"})
  void adaptersOfOtherFormsHaveWhatTheyTarget(String name) {
    try (Checkpoint base = Checkpoint.open(Path.of("src/test/resources/golden/qwen2"));
        Adapter adapter = Adapter.open(Path.of("src/test/resources/adapter_forms").resolve(name))) {
      assertThat(adapter.unknownOptions()).isEmpty();
      assertThat(adapter.notesOn(base)).noneMatch(note -> note.contains("has no tensors"));
    }
  }

  /** Options of a newer PEFT that do nothing are null, false or empty. */
  @ParameterizedTest
  @ValueSource(strings = {"null", "false", "[]", "{}", "\"\""})
  void unknownOptionsThatAreOffAreNotNamed(String value) throws IOException {
    assertThat(unknown("use_newthing", value)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "1", "\"on\"", "[1]", "{\"a\": null}"})
  void unknownOptionsThatAreOnAreNamed(String value) throws IOException {
    assertThat(unknown("use_newthing", value))
        .get()
        .asString()
        .contains("(use_newthing = " + value.replace(": ", ":") + ")");
  }

  /** What PEFT 0.21 writes where nothing is asked for. */
  @Test
  void optionsThatPeftHasByDefaultAreKnown() throws IOException {
    for (String option :
        List.of("qalora_group_size", "megatron_core", "peft_version", "lora_dropout")) {
      assertThat(unknown(option, "16")).isEmpty();
    }
  }

  private Optional<String> unknown(String option, String value) throws IOException {
    String config = Files.readString(ROOT.resolve("dora/adapter_config.json"));
    var node = (ObjectNode) Json.mapper().readTree(config);
    node.set(option, Json.mapper().readTree(value));
    return AdapterOptions.unknown(node);
  }

  private List<String> notesOf(String name, Consumer<ObjectNode> change) throws IOException {
    Path made = Files.createTempDirectory(folder, name);
    var config =
        (ObjectNode) Json.mapper().readTree(ROOT.resolve(name + "/adapter_config.json").toFile());
    change.accept(config);
    Files.writeString(made.resolve("adapter_config.json"), config.toString());
    Files.copy(
        ROOT.resolve(name + "/adapter_model.safetensors"),
        made.resolve("adapter_model.safetensors"));
    try (Checkpoint opened = Checkpoint.open(ROOT);
        Adapter tuned = Adapter.open(made)) {
      return tuned.notesOn(opened);
    }
  }

  private List<String> notes(Path base, String trainedOn) throws IOException {
    Path adapter = ROOT.resolve("dora");
    String config = Files.readString(adapter.resolve("adapter_config.json"));
    Files.writeString(
        folder.resolve("adapter_config.json"),
        config.replace("\"llama_tied\"", "\"" + trainedOn + "\""));
    Path weights = folder.resolve("adapter_model.safetensors");
    if (!Files.exists(weights)) {
      Files.copy(adapter.resolve("adapter_model.safetensors"), weights);
    }
    try (Checkpoint opened = Checkpoint.open(base);
        Adapter tuned = Adapter.open(folder)) {
      return tuned.notesOn(opened);
    }
  }
}
