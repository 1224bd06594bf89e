package dev.palimpsest.checkpoint.gguf;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.Json;
import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.ModelConfig;
import java.util.Optional;

/** Makes a configuration in the vocabulary of config.json from a GGUF file's metadata. */
final class GgufConfig {
  private static final String QKV = "blk.0.attn_qkv.weight";

  private final GgufFile file;
  private final GgufMetadata metadata;
  private final GgufArchitecture architecture;
  private final GgufKeys keys;
  private final ObjectNode node = Json.mapper().createObjectNode();

  private GgufConfig(GgufFile file, GgufArchitecture architecture, GgufKeys keys) {
    this.file = file;
    this.metadata = file.metadata();
    this.architecture = architecture;
    this.keys = keys;
  }

  /**
   * Makes the configuration.
   *
   * @throws CheckpointException if a key is missing, wrong, or asks for what is not followed
   */
  static ModelConfig of(GgufFile file, GgufArchitecture architecture, GgufKeys keys) {
    return new GgufConfig(file, architecture, keys).build();
  }

  private ModelConfig build() {
    node.put("model_type", architecture.modelType());
    node.putArray("architectures").add(architecture.huggingFaceClass());
    putSizes();
    putHeads();
    putPresence();
    putRope();
    putTokenIds();
    architecture.details().accept(keys, node);
    refuseWhatIsNotFollowed();
    return new ModelConfig(file.name(), node);
  }

  private void putSizes() {
    long rows = keys.tensor("token_embd.weight").shape()[0];
    node.put("vocab_size", (int) Math.min(rows, Integer.MAX_VALUE));
    node.put("hidden_size", keys.size("embedding_length"));
    node.put("num_hidden_layers", layers());
    String width = "feed_forward_length";
    node.put("intermediate_size", keys.size(keys.has(width) ? width : "expert_" + width));
    node.put("max_position_embeddings", keys.size("context_length"));
    node.put("hidden_act", "silu");
    if (keys.has("attention.layer_norm_rms_epsilon")) {
      node.put("rms_norm_eps", keys.number("attention.layer_norm_rms_epsilon"));
    } else {
      double epsilon = keys.number("attention.layer_norm_epsilon");
      node.put("layer_norm_eps", epsilon).put("layer_norm_epsilon", epsilon);
    }
  }

  private int layers() {
    int layers = keys.size("block_count");
    if (layers > ModelConfig.MAX_LAYERS) {
      throw keys.wrong("block_count", "at most " + ModelConfig.MAX_LAYERS);
    }
    return layers;
  }

  private void putHeads() {
    int heads = keys.size("attention.head_count");
    int keyHeads = keys.size("attention.head_count_kv", heads);
    int headDim = headDim(heads, keyHeads);
    node.put("num_attention_heads", heads);
    node.put("num_key_value_heads", keyHeads);
    node.put("head_dim", headDim);
    if (keys.size("attention.value_length", headDim) != headDim) {
      throw keys.wrong("attention.value_length", headDim + ", as the keys have");
    }
  }

  private int headDim(int heads, int keyHeads) {
    if (keys.has("attention.key_length")) {
      return keys.size("attention.key_length");
    }
    boolean together = keys.hasTensor(QKV);
    long rows = keys.tensor(together ? QKV : "blk.0.attn_q.weight").shape()[0];
    long share = together ? heads + 2L * keyHeads : heads;
    if (rows % share != 0) {
      throw keys.wrong("attention.head_count", "a divisor of " + rows + " query rows");
    }
    return (int) Math.min(rows / share, Integer.MAX_VALUE);
  }

  private void putPresence() {
    node.put("tie_word_embeddings", !keys.hasTensor("output.weight"));
    node.put("attention_bias", keys.hasTensor("blk.0.attn_q.bias"));
    node.put("mlp_bias", keys.hasTensor("blk.0.ffn_up.bias"));
  }

  private void putRope() {
    node.put("rope_theta", keys.number("rope.freq_base", 10_000));
    putRotatedShare();
    double linear = keys.number("rope.scaling.factor", keys.number("rope.scale_linear", 1));
    // as llama.cpp does where only a factor is there
    String type = keys.text("rope.scaling.type", linear == 1 ? "none" : "linear");
    switch (type) {
      case "none", "longrope" -> putFactors(type);
      case "linear" -> scaling("linear").put("factor", linear);
      case "yarn" -> putYarn(linear);
      default -> throw keys.wrong("rope.scaling.type", "none, linear, yarn or longrope");
    }
  }

  /**
   * Puts the share of each head that is rotated, so that it gives the very number of dimensions.
   */
  private void putRotatedShare() {
    int headDim = node.path("head_dim").intValue();
    int dimensions = keys.size("rope.dimension_count", headDim);
    if (dimensions > headDim) {
      throw keys.wrong("rope.dimension_count", "at most the head size, " + headDim);
    }
    double share = (double) dimensions / headDim;
    node.put(
        "partial_rotary_factor", (int) (headDim * share) < dimensions ? Math.nextUp(share) : share);
  }

  private ObjectNode scaling(String type) {
    return node.putObject("rope_scaling").put("rope_type", type);
  }

  private void putYarn(double factor) {
    ObjectNode yarn = scaling("yarn").put("factor", factor);
    yarn.put("original_max_position_embeddings", keys.size("rope.scaling.original_context_length"));
    putIfThere(yarn, "beta_fast", "rope.scaling.yarn_beta_fast");
    putIfThere(yarn, "beta_slow", "rope.scaling.yarn_beta_slow");
    putIfThere(yarn, "attention_factor", "rope.scaling.yarn_attn_factor");
  }

  private void putIfThere(ObjectNode target, String field, String key) {
    if (keys.has(key)) {
      target.put(field, keys.number(key));
    }
  }

  /** Some kinds of scaling are told by a factor for each frequency. */
  private void putFactors(String type) {
    Optional<float[]> shorter = keys.factors(GgufTensors.SHORT_FACTORS);
    Optional<float[]> longer = keys.factors(GgufTensors.LONG_FACTORS);
    if (shorter.isPresent() != longer.isPresent()
        || (type.equals("longrope") && shorter.isEmpty())) {
      throw new CheckpointException(
          file.name(),
          "lacks %s or %s; convert it again"
              .formatted(GgufTensors.SHORT_FACTORS, GgufTensors.LONG_FACTORS));
    }
    if (shorter.isPresent()) {
      ObjectNode longrope = scaling("longrope");
      putList(longrope, "short_factor", shorter.get());
      putList(longrope, "long_factor", longer.orElseThrow());
      putIfThere(longrope, "attention_factor", "rope.scaling.attn_factor");
      return;
    }
    double theta = node.path("rope_theta").doubleValue();
    keys.factors(GgufTensors.LLAMA3_FACTORS)
        .flatMap(factors -> Llama3RopeFactors.of(file.name(), factors, theta))
        .ifPresent(llama3 -> node.set("rope_scaling", llama3));
  }

  private static void putList(ObjectNode target, String field, float[] numbers) {
    ArrayNode list = target.putArray(field);
    for (float number : numbers) {
      list.add((double) number);
    }
  }

  private void putTokenIds() {
    putTokenId("bos_token_id", "tokenizer.ggml.bos_token_id");
    putTokenId("eos_token_id", "tokenizer.ggml.eos_token_id");
    putTokenId("pad_token_id", "tokenizer.ggml.padding_token_id");
  }

  private void putTokenId(String field, String key) {
    if (metadata.has(key)) {
      node.put(field, metadata.naturalInt(key));
    }
  }

  private void refuseWhatIsNotFollowed() {
    if (!keys.flag("attention.causal", true)) {
      throw keys.wrong("attention.causal", "true; only causal models are audited");
    }
    int length = node.path("max_position_embeddings").intValue();
    if (!node.has("sliding_window") && keys.has("attention.sliding_window")) {
      int window = keys.natural("attention.sliding_window", 0);
      if (window > 0 && window < length) {
        throw keys.wrong(
            "attention.sliding_window", "none: this architecture is read without windows");
      }
    }
    keys.refuseOthers();
  }
}
