package dev.palimpsest.checkpoint.inspection;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.ModelConfig;
import dev.palimpsest.checkpoint.Printable;
import dev.palimpsest.checkpoint.quantised.Quantisation;
import java.util.List;

/** Checks what configurations of all families have in common, before any weight is looked at. */
final class ConfigCheck {
  private final ModelConfig config;

  ConfigCheck(ModelConfig config) {
    this.config = config;
  }

  /**
   * Runs all checks.
   *
   * @throws CheckpointException at the first that fails
   */
  void check() {
    checkFamily();
    Quantisation.of(config);
    checkSizes();
    new RopeCheck(config).check();
    checkTokenIds();
  }

  private void checkFamily() {
    List<String> classes = config.texts("architectures");
    if (!config.has("model_type") && classes.isEmpty()) {
      throw CheckpointException.missing(config.file(), "model_type", "a family such as llama");
    }
    for (String name : classes) {
      if (!name.endsWith("ForCausalLM") && !name.endsWith("LMHeadModel")) {
        throw new CheckpointException(
            config.file(),
            "has unsupported architecture %s; only causal language models can be audited"
                .formatted(Printable.text(name)));
      }
    }
    String family = config.modelType();
    boolean known = FamilyCatalogue.installed().names().contains(family);
    if (config.has("auto_map") && !known) {
      throw new CheckpointException(
          config.file(),
          "names custom code (auto_map), which is never run; give a checkpoint of a known family");
    }
    KnownFamilies.requireSupported(config.file(), family);
  }

  private void checkSizes() {
    requirePositiveInteger("vocab_size");
    config.positiveInt("vocab_size");
    for (String field : List.of("num_hidden_layers", "n_layer")) {
      if (config.has(field) && config.positiveInt(field) > ModelConfig.MAX_LAYERS) {
        throw config.wrong(field, "at most " + ModelConfig.MAX_LAYERS);
      }
    }
    if (config.has("max_position_embeddings")) {
      requirePositiveInteger("max_position_embeddings");
    }
  }

  private void requirePositiveInteger(String field) {
    JsonNode value = config.node().path(field);
    if (!value.isIntegralNumber() || value.bigIntegerValue().signum() <= 0) {
      throw config.wrong(field, "a positive integer");
    }
  }

  private void checkTokenIds() {
    int vocabulary = config.positiveInt("vocab_size");
    for (String field : List.of("bos_token_id", "eos_token_id")) {
      for (int id : config.tokenIds(field)) {
        if (id >= vocabulary) {
          throw config.wrong(field, "an id below vocab_size (" + vocabulary + ")");
        }
      }
    }
  }
}
