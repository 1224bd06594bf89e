package dev.palimpsest.checkpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.Json;
import java.util.HashMap;
import java.util.Map;

/** Makes a configuration in the vocabulary of config.json from a GGUF file's metadata. */
final class GgufConfig {
  private final GgufFile file;
  private final GgufMetadata metadata;
  private final GgufArchitecture architecture;
  private final Map<String, TensorInfo> tensors = new HashMap<>();
  private final ObjectNode node = Json.mapper().createObjectNode();

  private GgufConfig(GgufFile file, GgufArchitecture architecture) {
    this.file = file;
    this.metadata = file.metadata();
    this.architecture = architecture;
    file.entries().forEach(entry -> tensors.put(entry.info().name(), entry.info()));
  }

  static ModelConfig of(GgufFile file, GgufArchitecture architecture) {
    return new GgufConfig(file, architecture).build();
  }

  private ModelConfig build() {
    refuseExperts();
    node.put("model_type", architecture.id());
    node.putArray("architectures").add(architecture.huggingFaceClass());
    putSizes();
    putHeads();
    putPresence();
    putRope();
    putTokenIds();
    return new ModelConfig(file.name(), node);
  }

  private void refuseExperts() {
    if (metadata.integer(key("expert_count"), 0) > 0) {
      throw metadata.wrong(key("expert_count"), "0: mixtures of experts are not read from GGUF");
    }
  }

  private void putSizes() {
    long rows = required("token_embd.weight").shape()[0];
    node.put("vocab_size", (int) Math.min(rows, Integer.MAX_VALUE));
    node.put("hidden_size", size("embedding_length"));
    node.put("num_hidden_layers", size("block_count"));
    node.put("intermediate_size", size("feed_forward_length"));
    node.put("max_position_embeddings", size("context_length"));
    node.put("rms_norm_eps", metadata.number(key("attention.layer_norm_rms_epsilon")));
    node.put("hidden_act", "silu");
  }

  private void putHeads() {
    int heads = size("attention.head_count");
    int keyHeads =
        metadata.has(key("attention.head_count_kv")) ? size("attention.head_count_kv") : heads;
    node.put("num_attention_heads", heads);
    node.put("num_key_value_heads", keyHeads);
    node.put("head_dim", headDim(heads));
  }

  private int headDim(int heads) {
    if (metadata.has(key("attention.key_length"))) {
      return size("attention.key_length");
    }
    long rows = required("blk.0.attn_q.weight").shape()[0];
    if (rows % heads != 0) {
      throw metadata.wrong(key("attention.head_count"), "a divisor of " + rows + " query rows");
    }
    return (int) Math.min(rows / heads, Integer.MAX_VALUE);
  }

  private void putPresence() {
    node.put("tie_word_embeddings", !tensors.containsKey("output.weight"));
    node.put("attention_bias", tensors.containsKey("blk.0.attn_q.bias"));
    node.put("mlp_bias", tensors.containsKey("blk.0.ffn_up.bias"));
  }

  private void putRope() {
    node.put("rope_theta", metadata.number(key("rope.freq_base"), 10_000));
    String type = metadata.text(key("rope.scaling.type"), "none");
    switch (type) {
      case "none" -> putLlama3Scaling();
      case "linear" -> scaling("linear");
      case "yarn" ->
          scaling("yarn")
              .put(
                  "original_max_position_embeddings", size("rope.scaling.original_context_length"));
      default -> throw metadata.wrong(key("rope.scaling.type"), "none, linear or yarn");
    }
  }

  private ObjectNode scaling(String type) {
    return node.putObject("rope_scaling")
        .put("rope_type", type)
        .put("factor", metadata.number(key("rope.scaling.factor")));
  }

  private void putLlama3Scaling() {
    if (tensors.containsKey(GgufNames.ROPE_FACTORS)) {
      Llama3RopeFactors.read(file, node).ifPresent(scaling -> node.set("rope_scaling", scaling));
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

  private int size(String key) {
    int size = metadata.naturalInt(key(key));
    if (size == 0) {
      throw metadata.wrong(key(key), "a positive integer");
    }
    return size;
  }

  private TensorInfo required(String name) {
    TensorInfo info = tensors.get(name);
    if (info == null) {
      throw new CheckpointException(file.name(), "lacks tensor " + name + "; convert it again");
    }
    return info;
  }

  private String key(String suffix) {
    return architecture.id() + "." + suffix;
  }
}
