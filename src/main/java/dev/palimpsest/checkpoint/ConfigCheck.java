package dev.palimpsest.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Checks a configuration of the Llama kind in itself, before any weight is looked at. */
final class ConfigCheck {
  private static final Set<String> ACTIVATIONS =
      Set.of("silu", "swish", "gelu", "gelu_new", "gelu_pytorch_tanh", "gelu_fast", "relu");
  private static final int MAX_LAYERS = 10_000;

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
    checkHeads();
    new RopeCheck(config).check();
    checkActivation();
    checkTokenIds();
  }

  private void checkFamily() {
    if (config.has("auto_map")) {
      throw new CheckpointException(
          config.file(),
          "names custom code (auto_map), which is never run; give a checkpoint of a known family");
    }
    List<String> classes = config.texts("architectures");
    if (!config.has("model_type") && classes.isEmpty()) {
      throw CheckpointException.missing(config.file(), "model_type", "a family such as llama");
    }
    for (String name : classes) {
      if (!name.endsWith("ForCausalLM") && !name.endsWith("LMHeadModel")) {
        throw new CheckpointException(
            config.file(),
            "has unsupported architecture %s; only causal language models can be audited"
                .formatted(Shown.text(name)));
      }
    }
    KnownFamilies.requireSupported(config.file(), config.modelType());
  }

  private void checkSizes() {
    config.positiveInt("hidden_size");
    config.positiveInt("intermediate_size");
    requireVocabulary();
    if (config.positiveInt("num_hidden_layers") > MAX_LAYERS) {
      throw config.wrong("num_hidden_layers", "at most " + MAX_LAYERS);
    }
    if (config.has("max_position_embeddings")) {
      requirePositiveInteger("max_position_embeddings");
    }
    double epsilon = config.number("rms_norm_eps", 1e-6);
    if (epsilon <= 0 || epsilon >= 1) {
      throw config.wrong("rms_norm_eps", "a number between 0 and 1");
    }
    config.flag("tie_word_embeddings", false);
    config.flag("attention_bias", false);
    config.flag("mlp_bias", false);
  }

  private void requireVocabulary() {
    requirePositiveInteger("vocab_size");
    config.positiveInt("vocab_size");
  }

  private void requirePositiveInteger(String field) {
    JsonNode value = config.node().path(field);
    if (!value.isIntegralNumber() || value.bigIntegerValue().signum() <= 0) {
      throw config.wrong(field, "a positive integer");
    }
  }

  private void checkHeads() {
    int hidden = config.positiveInt("hidden_size");
    int heads = config.positiveInt("num_attention_heads");
    int keyHeads = config.positiveInt("num_key_value_heads", heads);
    if (!config.has("head_dim") && hidden % heads != 0) {
      throw config.wrong("hidden_size", "a multiple of num_attention_heads (" + heads + ")");
    }
    if (heads % keyHeads != 0) {
      throw config.wrong(
          "num_attention_heads", "a multiple of num_key_value_heads (" + keyHeads + ")");
    }
    int headDim = config.positiveInt("head_dim", hidden / heads);
    if (headDim % 2 != 0) {
      throw CheckpointException.ofField(
          config.file(),
          "head_dim",
          Integer.toString(headDim),
          "an even number (rotary positions)");
    }
  }

  private void checkActivation() {
    String activation = config.text("hidden_act", "silu").toLowerCase(Locale.ROOT);
    if (!ACTIVATIONS.contains(activation)) {
      throw config.wrong("hidden_act", "one of " + ACTIVATIONS.stream().sorted().toList());
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
