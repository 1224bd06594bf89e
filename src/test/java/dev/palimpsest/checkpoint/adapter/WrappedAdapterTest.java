package dev.palimpsest.checkpoint.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palimpsest.checkpoint.Fixtures;
import dev.palimpsest.checkpoint.SafetensorsRewriter;
import dev.palimpsest.checkpoint.inspection.Inspection;
import dev.palimpsest.checkpoint.model.Checkpoint;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys that training wrappers left their names in stand for the modules that were wrapped. */
final class WrappedAdapterTest {
  @TempDir private Path folder;

  private Path renamed(String from, String to) {
    Path copy = Fixtures.copy("adapters/plain", folder.resolve("copy"));
    SafetensorsRewriter.rename(copy.resolve(Adapter.WEIGHTS), name -> name.replaceFirst(from, to));
    return copy;
  }

  private static List<String> modules(Path adapter) {
    try (Adapter opened = Adapter.open(adapter);
        Checkpoint base = Checkpoint.open(Fixtures.path("llama"))) {
      opened.checkAgainst(base);
      return opened.modules().stream().map(LoraModule::module).toList();
    }
  }

  private static List<String> notes(Path adapter) {
    try (Adapter opened = Adapter.open(adapter)) {
      return opened.spelling();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "^base_model | _orig_mod.base_model | _orig_mod of torch.compile",
        "model\\.model | model._orig_mod.model | _orig_mod of torch.compile",
        "^base_model | module.base_model | module of data parallelism",
        "\\.model\\.model | .model.module.model | module of data parallelism",
        "model\\.layers | model._fsdp_wrapped_module.layers | _fsdp_wrapped_module of FSDP",
        "self_attn | _checkpoint_wrapped_module.self_attn | _checkpoint_wrapped_module of"
            + " activation checkpointing",
        "model\\.model\\. | model. | trained on the model without its head",
        "(lora_[AB])\\. | $1.sft. | has its name (sft)",
      })
  void whatAWrapperAddedIsTakenOffWithANote(String from, String to, String note) {
    Path wrapped = renamed(from, to);
    assertThat(modules(wrapped)).isEqualTo(modules(Fixtures.path("adapters/plain")));
    assertThat(notes(wrapped)).singleElement().asString().contains(note);
  }

  @Test
  void plainNamesNeedNoNote() {
    assertThat(notes(Fixtures.path("adapters/plain"))).isEmpty();
    assertThat(notes(renamed("(lora_[AB])\\.", "$1.default."))).isEmpty();
  }

  @Test
  void severalAdaptersInOneFileAreRefusedByTheirNames() {
    Path two = renamed("lora_A\\.", "lora_A.sft.");
    SafetensorsRewriter.rename(
        two.resolve(Adapter.WEIGHTS), name -> name.replace("lora_B.", "lora_B.dpo."));
    assertThatThrownBy(() -> Adapter.open(two))
        .hasMessageContaining("holds the tensors of several adapters (dpo, sft)");
  }

  @Test
  void twoTensorsThatOnlyAWrapperTellsApartAreRefused() {
    Path twice = renamed("layers\\.1\\.", "_orig_mod.layers.0.");
    assertThatThrownBy(() -> Adapter.open(twice))
        .hasMessageContaining("differ only in the name of a training wrapper")
        .hasMessageContaining("_orig_mod of torch.compile");
  }

  @ParameterizedTest
  @CsvSource({"^, module.", "^, _orig_mod.", "layers, _fsdp_wrapped_module.layers"})
  void aWholeModelIsReadWithoutThemToo(String from, String to) {
    Path model = Fixtures.copy("llama", folder.resolve("model"));
    SafetensorsRewriter.rename(
        model.resolve("model.safetensors"), name -> name.replaceFirst(from, to));
    assertThat(Inspection.of(model).isRefused()).isFalse();
    try (Checkpoint wrapped = Checkpoint.open(model);
        Checkpoint plain = Checkpoint.open(Fixtures.path("llama"))) {
      assertThat(wrapped.tensors().names())
          .containsExactlyInAnyOrderElementsOf(plain.tensors().names());
      assertThat(wrapped.notes())
          .singleElement()
          .asString()
          .startsWith("has names of training wrappers");
    }
  }
}
