package dev.palimpsest.checkpoint.gguf;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.Printable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The architectures that are read from GGUF.
 *
 * <p>Their keys and tensor names are those of the gguf package ({@code constants.py}), how tensors
 * are changed is what llama.cpp's {@code convert_hf_to_gguf.py} does.
 */
final class GgufArchitectures {
  private static final String TWO_NORMS = "blk.0.attn_norm_2.weight";
  private static final String CONTROL_VECTOR = "controlvector";
  private static final String QKV_BIAS = "blk.0.attn_qkv.bias";

  /** Layers of Gemma's 27B models, whose queries are scaled otherwise, by generation. */
  private static final Map<String, Integer> GEMMA_27B = Map.of("gemma2", 46, "gemma3", 62);

  private static final GgufNames BOTH_NORMS =
      GgufNames.LLAMA
          .with("post_attention_norm", "post_attention_layernorm")
          .with("post_ffw_norm", "post_feedforward_layernorm");

  private static final GgufNames EXPERTS =
      GgufNames.LLAMA
          .with("ffn_gate_inp", "mlp.gate")
          .with("ffn_gate_exps", "mlp.experts.{i}.gate_proj")
          .with("ffn_up_exps", "mlp.experts.{i}.up_proj")
          .with("ffn_gate_up_exps", "mlp.experts.{i}.gate_proj|mlp.experts.{i}.up_proj")
          .with("ffn_down_exps", "mlp.experts.{i}.down_proj")
          .with("ffn_gate_inp_shexp", "mlp.shared_expert_gate=")
          .with("ffn_gate_shexp", "mlp.shared_expert.gate_proj")
          .with("ffn_up_shexp", "mlp.shared_expert.up_proj")
          .with("ffn_down_shexp", "mlp.shared_expert.down_proj");

  private static final List<GgufArchitecture> ALL =
      List.of(
          GgufArchitecture.of("llama", "mixtral", "MixtralForCausalLM")
              .when(keys -> keys.natural("expert_count", 0) > 0)
              .withInterleavedHeads()
              .named(
                  GgufNames.LLAMA
                      .with("ffn_gate_inp", "block_sparse_moe.gate")
                      .with("ffn_gate_exps", "block_sparse_moe.experts.{i}.w1")
                      .with("ffn_down_exps", "block_sparse_moe.experts.{i}.w2")
                      .with("ffn_up_exps", "block_sparse_moe.experts.{i}.w3")
                      .with(
                          "ffn_gate_up_exps",
                          "block_sparse_moe.experts.{i}.w1|block_sparse_moe.experts.{i}.w3"))
              .with(GgufArchitectures::mixtral),
          GgufArchitecture.of("llama", "mistral", "MistralForCausalLM")
              .when(keys -> keys.natural("attention.sliding_window", 0) > 0)
              .withInterleavedHeads()
              .with(GgufArchitectures::window),
          GgufArchitecture.of("llama", "llama", "LlamaForCausalLM").withInterleavedHeads(),
          GgufArchitecture.of("qwen2", "qwen2", "Qwen2ForCausalLM"),
          GgufArchitecture.of("qwen3", "qwen3", "Qwen3ForCausalLM"),
          GgufArchitecture.of("qwen2moe", "qwen2_moe", "Qwen2MoeForCausalLM")
              .named(EXPERTS)
              .with(GgufArchitectures::qwenExperts),
          GgufArchitecture.of("qwen3moe", "qwen3_moe", "Qwen3MoeForCausalLM")
              .named(EXPERTS)
              .with(GgufArchitectures::qwenExperts),
          GgufArchitecture.of("gpt-oss", "gpt_oss", "GptOssForCausalLM")
              .named(
                  GgufNames.LLAMA
                      .with("post_attention_norm", "post_attention_layernorm")
                      .with("attn_sinks.weight", "self_attn.sinks")
                      .with("ffn_gate_inp", "mlp.router")
                      .with("ffn_gate_exps.weight", "mlp.experts.gate_up_proj#0")
                      .with("ffn_gate_exps.bias", "mlp.experts.gate_up_proj_bias#0")
                      .with("ffn_up_exps.weight", "mlp.experts.gate_up_proj#1")
                      .with("ffn_up_exps.bias", "mlp.experts.gate_up_proj_bias#1")
                      .with("ffn_gate_up_exps.weight", "mlp.experts.gate_up_proj")
                      .with("ffn_gate_up_exps.bias", "mlp.experts.gate_up_proj_bias")
                      .with("ffn_down_exps.weight", "mlp.experts.down_proj")
                      .with("ffn_down_exps.bias", "mlp.experts.down_proj_bias"))
              .with(GgufArchitectures::gptOss),
          GgufArchitecture.of("gemma", "gemma", "GemmaForCausalLM")
              .withNormsPlusOne()
              .with((keys, config) -> config.put("hidden_act", "gelu_pytorch_tanh")),
          GgufArchitecture.of("gemma2", "gemma2", "Gemma2ForCausalLM")
              .withNormsPlusOne()
              .named(BOTH_NORMS.with("ffn_norm", "pre_feedforward_layernorm"))
              .with(GgufArchitectures::gemma),
          GgufArchitecture.of("gemma3", "gemma3_text", "Gemma3ForCausalLM")
              .withNormsPlusOne()
              .named(BOTH_NORMS.with("ffn_norm", "pre_feedforward_layernorm"))
              .with(GgufArchitectures::gemma3),
          GgufArchitecture.of("phi2", "phi", "PhiForCausalLM")
              .named(
                  GgufNames.LLAMA
                      .with("/output_norm", "model.final_layernorm")
                      .with("attn_output", "self_attn.dense")
                      .with("ffn_up", "mlp.fc1")
                      .with("ffn_down", "mlp.fc2"))
              .with((keys, config) -> config.put("hidden_act", "gelu_new")),
          GgufArchitecture.of("phi3", "phi3", "Phi3ForCausalLM")
              .named(
                  GgufNames.LLAMA
                      .with("attn_qkv", "self_attn.qkv_proj")
                      .with("ffn_up", "mlp.gate_up_proj"))
              .with(GgufArchitectures::phi3),
          GgufArchitecture.of("granite", "granite", "GraniteForCausalLM")
              .withInterleavedHeads()
              .with(GgufArchitectures::granite),
          GgufArchitecture.of("smollm3", "smollm3", "SmolLM3ForCausalLM").withInterleavedHeads(),
          GgufArchitecture.of("olmo2", "olmo2", "Olmo2ForCausalLM").named(BOTH_NORMS),
          GgufArchitecture.of("stablelm", "stablelm", "StableLmForCausalLM")
              .named(
                  GgufNames.LLAMA
                      .with("attn_q_norm", "self_attn.q_layernorm.norms.{i}")
                      .with("attn_k_norm", "self_attn.k_layernorm.norms.{i}"))
              .with(GgufArchitectures::stableLm),
          GgufArchitecture.of("gpt2", "gpt2", "GPT2LMHeadModel")
              .named(
                  new GgufNames("transformer.h.{}.", Map.of())
                      .with("/token_embd", "transformer.wte")
                      .with("/position_embd", "transformer.wpe")
                      .with("/output_norm", "transformer.ln_f")
                      .with("/output", "lm_head")
                      .with("attn_norm", "ln_1")
                      .with("attn_qkv", "attn.c_attn")
                      .with("attn_output", "attn.c_proj")
                      .with("ffn_norm", "ln_2")
                      .with("ffn_up", "mlp.c_fc")
                      .with("ffn_down", "mlp.c_proj"))
              .with(GgufArchitectures::gpt2),
          GgufArchitecture.of("gptneox", "gpt_neox", "GPTNeoXForCausalLM")
              .named(
                  new GgufNames("gpt_neox.layers.{}.", Map.of())
                      .with("/token_embd", "gpt_neox.embed_in")
                      .with("/output_norm", "gpt_neox.final_layer_norm")
                      .with("/output", "embed_out")
                      .with("attn_norm", "input_layernorm")
                      .with("attn_qkv", "attention.query_key_value")
                      .with("attn_output", "attention.dense")
                      .with("ffn_norm", "post_attention_layernorm")
                      .with("ffn_up", "mlp.dense_h_to_4h")
                      .with("ffn_down", "mlp.dense_4h_to_h"))
              .with(GgufArchitectures::gptNeoX),
          falcon()
              .when(keys -> keys.hasTensor(TWO_NORMS))
              .named(falcon().names().with("attn_norm", "ln_mlp").with("attn_norm_2", "ln_attn")),
          falcon());

  private GgufArchitectures() {}

  /**
   * Finds the description of a file.
   *
   * @throws CheckpointException if its architecture is not read from GGUF
   */
  static GgufArchitecture of(GgufFile file, GgufKeys keys) {
    String id = file.metadata().text("general.architecture");
    if (id.equals(CONTROL_VECTOR)) {
      throw new CheckpointException(
          file.name(),
          "is a control vector, which is not supported; give a model, or a LoRA adapter for one");
    }
    return ALL.stream()
        .filter(known -> known.id().equals(id) && known.when().test(keys))
        .findFirst()
        .orElseThrow(
            () ->
                new CheckpointException(
                    file.name(),
                    "has architecture %s, which is not read from GGUF (these are: %s); convert it to safetensors"
                        .formatted(Printable.text(id), ids())));
  }

  /** Returns the families that an architecture stands for. */
  static Set<String> modelTypes(String id) {
    return ALL.stream()
        .filter(known -> known.id().equals(id))
        .map(GgufArchitecture::modelType)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static String ids() {
    return ALL.stream()
        .map(GgufArchitecture::id)
        .distinct()
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private static void window(GgufKeys keys, ObjectNode config) {
    window(keys, config, 0);
  }

  /** Says that there is none where there is none, as families have a window by default. */
  private static void window(GgufKeys keys, ObjectNode config, int absent) {
    int window = keys.natural("attention.sliding_window", absent);
    config.put("sliding_window", window == 0 ? null : (Integer) window);
  }

  /** Puts how many experts there are and how many a token goes through. */
  private static void experts(GgufKeys keys, ObjectNode config, String count, int gating) {
    config.put(count, keys.size("expert_count"));
    config.put("num_experts_per_tok", keys.size("expert_used_count"));
    int found = keys.natural("expert_gating_func", gating);
    if (found != gating) {
      throw keys.wrong("expert_gating_func", gating + ", as this architecture has");
    }
  }

  private static void mixtral(GgufKeys keys, ObjectNode config) {
    experts(keys, config, "num_local_experts", 1);
    window(keys, config);
    if (!keys.flag("expert_weights_norm", true)) {
      throw keys.wrong("expert_weights_norm", "true, as this architecture has");
    }
  }

  /** Whether shares are normed is told by the architecture alone, in files without a key for it. */
  private static void qwenExperts(GgufKeys keys, ObjectNode config) {
    boolean third = config.path("model_type").asText().equals("qwen3_moe");
    experts(keys, config, "num_experts", 1);
    config.put("norm_topk_prob", keys.flag("expert_weights_norm", third));
    config.put("qkv_bias", keys.hasTensor("blk.0.attn_q.bias"));
    var dense = config.putArray("mlp_only_layers");
    for (int layer = 0; layer < config.path("num_hidden_layers").intValue(); layer++) {
      String prefix = "blk." + layer + ".ffn_";
      if (keys.hasTensor(prefix + "gate_inp.weight")) {
        // the width of each expert is that of the inputs of its outer layer
        putWidth(keys, config, "moe_intermediate_size", prefix + "down_exps.weight", 2);
        putWidth(keys, config, "shared_expert_intermediate_size", prefix + "down_shexp.weight", 1);
      } else {
        dense.add(layer);
      }
    }
  }

  private static void putWidth(
      GgufKeys keys, ObjectNode config, String field, String tensor, int dimension) {
    if (keys.hasTensor(tensor) && keys.tensor(tensor).shape().length > dimension) {
      config.put(field, keys.tensor(tensor).shape()[dimension]);
    }
  }

  /** The released models do not round the range of yarn to whole dimensions; no key says so. */
  private static void gptOss(GgufKeys keys, ObjectNode config) {
    experts(keys, config, "num_local_experts", 3);
    window(keys, config);
    config.put("intermediate_size", keys.size("expert_feed_forward_length"));
    if (config.get("rope_scaling") instanceof ObjectNode scaling) {
      scaling.put("truncate", false);
    }
  }

  private static void gemma(GgufKeys keys, ObjectNode config) {
    String id = config.path("model_type").asText().replace("_text", "");
    int layers = config.path("num_hidden_layers").intValue();
    double scalar =
        GEMMA_27B.get(id) == layers
            ? config.path("hidden_size").doubleValue()
                / config.path("num_attention_heads").intValue()
            : config.path("head_dim").doubleValue();
    double scale = keys.number("attention.scale", 1 / Math.sqrt(scalar));
    config.put("query_pre_attn_scalar", 1 / (scale * scale));
    config.put("hidden_activation", "gelu_pytorch_tanh");
    // the first files of the second generation do not say what all its models have
    boolean second = id.equals("gemma2");
    putCap(keys, config, "attn_logit_softcapping", second ? 50 : 0);
    putCap(keys, config, "final_logit_softcapping", second ? 30 : 0);
    window(keys, config, second ? 4096 : 0);
  }

  private static void putCap(GgufKeys keys, ObjectNode config, String field, double absent) {
    config.put(field, keys.number(field, absent));
  }

  private static void gemma3(GgufKeys keys, ObjectNode config) {
    gemma(keys, config);
    config.put("rope_local_base_freq", keys.number("rope.freq_base_swa", 10_000));
    config.put("sliding_window_pattern", keys.size("attention.sliding_window_pattern", 6));
  }

  private static void phi3(GgufKeys keys, ObjectNode config) {
    window(keys, config);
    config.put(
        "original_max_position_embeddings",
        keys.size("rope.scaling.original_context_length", keys.size("context_length")));
  }

  private static void granite(GgufKeys keys, ObjectNode config) {
    double usual = 1 / Math.sqrt(config.path("head_dim").doubleValue());
    config.put("attention_multiplier", keys.number("attention.scale", usual));
    config.put("embedding_multiplier", keys.number("embedding_scale", 1));
    config.put("residual_multiplier", keys.number("residual_scale", 1));
    config.put("logits_scaling", keys.number("logit_scale", 1));
  }

  /** What lies side by side has one norm, whatever the converter wrote. */
  private static void stableLm(GgufKeys keys, ObjectNode config) {
    config.put("use_qkv_bias", keys.hasTensor("blk.0.attn_q.bias"));
    config.put("use_parallel_residual", !keys.hasTensor("blk.0.ffn_norm.weight"));
    config.put("qk_layernorm", keys.hasTensor("blk.0.attn_q_norm.weight"));
  }

  private static void gpt2(GgufKeys keys, ObjectNode config) {
    config.set("n_embd", config.get("hidden_size"));
    config.set("n_head", config.get("num_attention_heads"));
    config.set("n_layer", config.get("num_hidden_layers"));
    config.set("n_inner", config.get("intermediate_size"));
    config.put("n_positions", keys.tensor("position_embd.weight").shape()[0]);
  }

  private static void gptNeoX(GgufKeys keys, ObjectNode config) {
    config.set("rotary_pct", config.get("partial_rotary_factor"));
    config.set("rotary_emb_base", config.get("rope_theta"));
    config.put("hidden_act", "gelu");
    config.put("attention_bias", keys.hasTensor(QKV_BIAS));
    config.put("use_parallel_residual", keys.flag("use_parallel_residual", true));
  }

  private static GgufArchitecture falcon() {
    return GgufArchitecture.of("falcon", "falcon", "FalconForCausalLM")
        .named(
            new GgufNames("transformer.h.{}.", Map.of())
                .with("/token_embd", "transformer.word_embeddings")
                .with("/output_norm", "transformer.ln_f")
                .with("/output", "lm_head")
                .with("attn_norm", "input_layernorm")
                .with("attn_qkv", "self_attention.query_key_value")
                .with("attn_output", "self_attention.dense")
                .with("ffn_up", "mlp.dense_h_to_4h")
                .with("ffn_down", "mlp.dense_4h_to_h"))
        .with(GgufArchitectures::falcon);
  }

  private static void falcon(GgufKeys keys, ObjectNode config) {
    int keyHeads = config.path("num_key_value_heads").intValue();
    boolean two = keys.hasTensor(TWO_NORMS);
    config.put("new_decoder_architecture", two || keyHeads > 1);
    config.put("multi_query", keyHeads == 1);
    config.put("num_kv_heads", keyHeads);
    config.put("num_ln_in_parallel_attn", two ? 2 : 1);
    config.put("parallel_attn", true);
    config.put("bias", keys.hasTensor(QKV_BIAS));
    config.set("ffn_hidden_size", config.get("intermediate_size"));
  }
}
