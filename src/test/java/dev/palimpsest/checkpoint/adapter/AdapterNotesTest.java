package dev.palimpsest.checkpoint.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.checkpoint.model.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
