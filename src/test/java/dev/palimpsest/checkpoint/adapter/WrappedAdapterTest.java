package dev.palimpsest.checkpoint.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.Json;
import dev.palimpsest.checkpoint.Fixtures;
import dev.palimpsest.checkpoint.SafetensorsRewriter;
import dev.palimpsest.checkpoint.inspection.Inspection;
import dev.palimpsest.checkpoint.model.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
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
  @CsvSource(
      delimiter = '|',
      value = {
        "plain | ^ | module._orig_mod.",
        "plain | ^ | _orig_mod.module.",
        "plain | model\\.layers | model._orig_mod.module.layers",
        "plain | self_attn | _fsdp_wrapped_module._checkpoint_wrapped_module.self_attn",
        "plain | \\.model\\.model | .model._orig_mod.module.model",
        "plain | (lora_[AB]) | $1._fsdp_wrapped_module",
        "plain | (lora_[AB])\\.weight | $1.default._fsdp_wrapped_module.weight",
        "dora | ^ | _orig_mod.",
        "dora | (lora_magnitude_vector).* | $1.default._fsdp_wrapped_module.weight",
        "dora | self_attn | _checkpoint_wrapped_module.self_attn",
        "embed_tokens | embed_tokens | _orig_mod.embed_tokens",
        "embed_tokens | ^ | module.module.",
        "modules_to_save_lm_head | lm_head | _fsdp_wrapped_module.lm_head",
        "modules_to_save_lm_head | lm_head | lm_head._fsdp_wrapped_module.modules_to_save.default",
        "modules_to_save_lm_head | ^ | _orig_mod.module.",
      })
  void wrappersMayBeStackedAroundEveryKindOfTensor(String fixture, String from, String to) {
    Path copy = Fixtures.copy("adapters/" + fixture, folder.resolve("copy"));
    SafetensorsRewriter.rename(copy.resolve(Adapter.WEIGHTS), name -> name.replaceFirst(from, to));
    try (Adapter wrapped = Adapter.open(copy);
        Adapter plain = Adapter.open(Fixtures.path("adapters/" + fixture))) {
      assertThat(wrapped.modules().stream().map(WrappedAdapterTest::told).toList())
          .isEqualTo(plain.modules().stream().map(WrappedAdapterTest::told).toList());
      assertThat(wrapped.replacements().keySet()).isEqualTo(plain.replacements().keySet());
      assertThat(wrapped.spelling()).isNotEmpty();
    }
  }

  private static String told(LoraModule module) {
    return "%s %d %s %s"
        .formatted(
            module.module(), module.rank(), module.embedding(), module.magnitude().isPresent());
  }

  @ParameterizedTest
  @CsvSource({
    "^, base_model.model., base_model.model of PEFT",
    "^, _orig_mod.base_model.model.module., base_model.model of PEFT; module of data parallelism",
    "^, module._orig_mod., _orig_mod of torch.compile",
    "^, _orig_mod.module., _orig_mod of torch.compile",
    "self_attn, _fsdp_wrapped_module._checkpoint_wrapped_module.self_attn, of FSDP",
    "^, _forward_module., _forward_module of Lightning Fabric",
  })
  void aWholeModelMayBeWrappedSeveralTimes(String from, String to, String note) throws IOException {
    Path model = Fixtures.copy("llama", folder.resolve("model"));
    Path weights = model.resolve("model.safetensors");
    SafetensorsRewriter.rename(weights, name -> name.replaceFirst(from, to));
    assertReadsAsPlain(model, note);
    // and in shards, whose index has the names of the files
    Path shard = model.resolve("model-00001-of-00001.safetensors");
    Files.move(weights, shard);
    ObjectNode index = Json.mapper().createObjectNode();
    ObjectNode map = index.putObject("weight_map");
    try (Checkpoint plain = Checkpoint.open(Fixtures.path("llama"))) {
      for (String name : plain.tensors().names()) {
        map.put(name.replaceFirst(from, to), shard.getFileName().toString());
      }
    }
    Files.writeString(model.resolve("model.safetensors.index.json"), index.toString());
    assertReadsAsPlain(model, note);
  }

  private static void assertReadsAsPlain(Path model, String note) {
    assertThat(Inspection.of(model).isRefused()).isFalse();
    try (Checkpoint wrapped = Checkpoint.open(model);
        Checkpoint plain = Checkpoint.open(Fixtures.path("llama"))) {
      assertThat(wrapped.tensors().names())
          .containsExactlyInAnyOrderElementsOf(plain.tensors().names());
      assertThat(wrapped.notes()).singleElement().asString().contains(note);
    }
  }

  @Test
  void aWholeModelWithALoraThatIsNotMergedIsRefused() {
    Path model = Fixtures.copy("llama", folder.resolve("model"));
    SafetensorsRewriter.rename(
        model.resolve("model.safetensors"),
        name ->
            "base_model.model." + name.replace("up_proj.weight", "up_proj.lora_A.default.weight"));
    assertThatThrownBy(() -> Checkpoint.open(model))
        .hasMessageContaining("holds a LoRA beside the weights it is for")
        .hasMessageContaining("model.merge_and_unload().save_pretrained('OUT')");
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
