package dev.palimpsest.checkpoint.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.Json;
import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.Fixtures;
import dev.palimpsest.checkpoint.model.Checkpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AdapterTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain",
        "dora",
        "all_linear_rslora",
        "embed_tokens",
        "layers_to_transform",
        "patterns",
        "modules_to_save_lm_head"
      })
  void adaptersThatPeftWroteFitTheirBase(String name) {
    try (Checkpoint base = Checkpoint.open(Fixtures.path("llama"));
        Adapter adapter = Adapter.open(Fixtures.path("adapters/" + name))) {
      assertThatCode(() -> adapter.checkAgainst(base)).doesNotThrowAnyException();
      assertThat(adapter.isDead()).isFalse();
    }
  }

  @Test
  void theyFitAGgufOfTheSameBaseToo() {
    try (Checkpoint base = Checkpoint.open(Fixtures.path("gguf/llama-Q8_0.gguf"));
        Adapter adapter = Adapter.open(Fixtures.path("adapters/plain"))) {
      assertThatCode(() -> adapter.checkAgainst(base)).doesNotThrowAnyException();
    }
  }

  /** Rank and alpha by the patterns of the fixture: alpha / rank, each the first pattern's. */
  @ParameterizedTest
  @CsvSource({
    "model.layers.2.self_attn.q_proj, 8, 0.5",
    "model.layers.0.self_attn.o_proj, 4, 8",
    "model.layers.1.self_attn.o_proj, 4, 2",
    "model.layers.0.mlp.gate_proj, 3, 2.6666667",
    "model.layers.2.mlp.gate_proj, 4, 2",
    "model.layers.1.mlp.down_proj, 2, 2.5",
    "model.layers.0.mlp.down_proj, 4, 1.25",
  })
  void patternsGiveRankAndScalingOfAModule(String module, int rank, double scaling) {
    try (Adapter adapter = Adapter.open(Fixtures.path("adapters/patterns"))) {
      LoraModule found =
          adapter.modules().stream()
              .filter(m -> m.module().equals(module))
              .findFirst()
              .orElseThrow();
      assertThat(found.rank()).isEqualTo(rank);
      assertThat(found.scaling()).isCloseTo(scaling, org.assertj.core.data.Offset.offset(1e-6));
    }
  }

  @Test
  void rankStabilisedLoraDividesByTheRoot() {
    try (Adapter adapter = Adapter.open(Fixtures.path("adapters/all_linear_rslora"))) {
      AdapterConfig config = adapter.config();
      assertThat(config.scalingOf("model.layers.0.mlp.up_proj"))
          .isEqualTo(config.loraAlpha() / Math.sqrt(8));
    }
  }

  @Test
  void wholeModulesAndDoraAndEmbeddingsAreTold() {
    try (Adapter head = Adapter.open(Fixtures.path("adapters/modules_to_save_lm_head"));
        Adapter embedding = Adapter.open(Fixtures.path("adapters/embed_tokens"));
        Adapter dora = Adapter.open(Fixtures.path("adapters/dora"))) {
      assertThat(head.replacements())
          .isEqualTo(Map.of("lm_head.weight", "base_model.model.lm_head.weight"));
      assertThat(embedding.modules()).filteredOn(LoraModule::embedding).hasSize(1);
      assertThat(dora.modules()).allSatisfy(m -> assertThat(m.magnitude()).isPresent());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ia3, is an adapter of the kind IA3",
    "prompt_tuning, is an adapter of the kind prompt tuning (PROMPT_TUNING)",
  })
  void otherKindsAreRefusedByName(String name, String sentence) {
    assertThatThrownBy(() -> Adapter.open(Fixtures.path("adapters/" + name)))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining(sentence);
  }

  @Test
  void anAdapterOfAnotherBaseIsRefused() {
    try (Checkpoint base = Checkpoint.open(Fixtures.path("llama"));
        Adapter adapter = Adapter.open(Fixtures.path("adapters/shape_mismatch"))) {
      assertThatThrownBy(() -> adapter.checkAgainst(base))
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("was made for another base")
          .hasMessageContaining("has shape [4,40], expected [4,32]");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"r\": 4 | \"r\": 0 | r is 0, expected a positive integer",
        "\"r\": 4 | \"r\": -1 | r is -1, expected a positive integer",
        "\"r\": 4 | \"r\": 1000000 | r is 1000000, expected",
        "\"r\": 4 | \"r\": 3 | rank of lora_A (4)",
        "\"lora_alpha\": 8 | \"lora_alpha\": 1e308 | lora_alpha is 1.0E308, expected a number",
        "\"lora_alpha\": 8 | \"lora_alpha\": null | lora_alpha is missing",
        "\"lora_alpha\": 8 | \"lora_alpha\": NaN | holds NaN or Infinity",
        "\"peft_type\": \"LORA\" | \"peft_type\": \"QUUX\" | unsupported adapter kind QUUX",
        "\"layer_replication\": null | \"layer_replication\": [[0, 1000000]] | uses layer_replication",
        "\"bias\": \"none\" | \"bias\": \"all\" | holds no bias tensors",
        "\"use_dora\": false | \"use_dora\": true | lacks a magnitude vector",
        "\"init_lora_weights\": true | \"init_lora_weights\": \"pissa_niter_4\" | init_lora_weights is pissa",
        "\"init_lora_weights\": true | \"init_lora_weights\": \"loftq\" | over base weights that it quantised itself",
        "\"init_lora_weights\": true | \"init_lora_weights\": \"corda\" | merge it where it was trained",
        "\"init_lora_weights\": true | \"init_lora_weights\": \"newthing\" | init_lora_weights is newthing, which is not known here",
        "\"init_lora_weights\": true | \"init_lora_weights\": \"pissa_niter_4\" | merge it where it was trained",
        "\"init_lora_weights\": true | \"init_lora_weights\": \"lora_ga\" | merge it where it was trained",
        "\"use_qalora\": false | \"use_qalora\": true | uses use_qalora, which is not supported",
        "\"alora_invocation_tokens\": null | \"alora_invocation_tokens\": [1] | uses alora_invocation_tokens",
        "\"arrow_config\": null | \"arrow_config\": {\"top_k\": 3} | uses arrow_config, which is not supported",
        "\"lora_bias\": false | \"lora_bias\": true | lacks a bias of lora_B, but lora_bias is true",
        "\"trainable_token_indices\": null | \"trainable_token_indices\": [3] | holds no rows of tokens",
        "\"trainable_token_indices\": null | \"trainable_token_indices\": [-3] | trainable_token_indices",
        "\"target_parameters\": null | \"target_parameters\": [\"q_proj.weight\", \"q_proj.down_proj\"] | name 2 that are supported",
        "\"rank_pattern\": {} | \"rank_pattern\": {\"(?=x)\": 2} | rank_pattern is (?=x), expected a regular",
      })
  void aBrokenConfigurationIsRefused(String from, String to, String sentence, @TempDir Path folder)
      throws IOException {
    Fixtures.copy("adapters/plain", folder);
    Path config = folder.resolve("adapter_config.json");
    String text = Files.readString(config, StandardCharsets.UTF_8);
    assertThat(text).contains(from);
    Files.writeString(config, text.replace(from, to), StandardCharsets.UTF_8);
    assertThatThrownBy(() -> Adapter.open(folder))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining(sentence);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"target_modules\": \"^(?!.*vision).*_proj$\"",
        "\"target_modules\": \"all-linear\"",
        "\"auto_mapping\": {\"base_model_class\": \"LlamaModel\", \"parent_library\": \"x\"}"
      })
  void whatDoesNotChangeWhatIsComputedIsAccepted(String field, @TempDir Path folder)
      throws IOException {
    Fixtures.copy("adapters/plain", folder);
    Path path = folder.resolve("adapter_config.json");
    ObjectNode config = (ObjectNode) Json.mapper().readTree(Files.readString(path));
    config.setAll((ObjectNode) Json.mapper().readTree("{" + field + "}"));
    Files.writeString(path, config.toString());
    try (Adapter adapter = Adapter.open(folder)) {
      assertThat(adapter.modules()).isNotEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../x", "https://evil.example/model", "s3://bucket/model"})
  void whereItsConfigurationSaysThatTheBaseLiesIsNeverFollowed(String place, @TempDir Path folder)
      throws IOException {
    Fixtures.copy("adapters/plain", folder);
    Path path = folder.resolve("adapter_config.json");
    ObjectNode config = (ObjectNode) Json.mapper().readTree(Files.readString(path));
    Files.writeString(path, config.put("base_model_name_or_path", place).toString());
    try (Adapter adapter = Adapter.open(folder);
        Checkpoint base = Checkpoint.open(Fixtures.path("llama"))) {
      adapter.checkAgainst(base);
      assertThat(adapter.modules()).isNotEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"lora_A, lora_Z", "lora_B, lora_Z"})
  void oneHalfOfAPairIsRefused(String half, String other, @TempDir Path folder) throws IOException {
    Fixtures.copy("adapters/plain", folder);
    Path weights = folder.resolve(Adapter.WEIGHTS);
    String bytes = Files.readString(weights, StandardCharsets.ISO_8859_1);
    Files.writeString(weights, bytes.replaceFirst(half, other), StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> Adapter.open(folder))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("adapter_model.safetensors: ");
  }

  @Test
  void anExplosiveTargetExpressionEndsAtOnce(@TempDir Path folder) throws IOException {
    Fixtures.copy("adapters/plain", folder);
    Path config = folder.resolve("adapter_config.json");
    String text = Files.readString(config, StandardCharsets.UTF_8);
    String targets = text.substring(text.indexOf("\"target_modules\""), text.indexOf(']') + 1);
    Files.writeString(
        config,
        text.replace(targets, "\"target_modules\": \"(([a-z_.0-9])+)+X$\""),
        StandardCharsets.UTF_8);
    assertThatThrownBy(() -> Adapter.open(folder))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("which target_modules in adapter_config.json do not match");
  }

  @Test
  void aPickleIsNeverOpenedAndTheWayOutIsNamed(@TempDir Path folder) throws IOException {
    Fixtures.copy("adapters/plain", folder);
    Files.move(folder.resolve("adapter_model.safetensors"), folder.resolve("adapter_model.bin"));
    assertThatThrownBy(() -> Adapter.open(folder))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("is a pickle")
        .hasMessageContaining("convert it with: python -c");
  }
}
