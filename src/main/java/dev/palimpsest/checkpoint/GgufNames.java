package dev.palimpsest.checkpoint;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Translates the tensor names of llama.cpp into those of Hugging Face's decoder families. */
final class GgufNames {
  /** Factors by which llama.cpp stores the llama3 rope scaling; no weight. */
  static final String ROPE_FACTORS = "rope_freqs.weight";

  private static final Pattern LAYER =
      Pattern.compile("blk\\.(0|[1-9][0-9]{0,5})\\.([a-z_0-9]+)\\.(weight|bias)");

  private static final Map<String, String> GLOBAL =
      Map.of(
          "token_embd.weight", "model.embed_tokens.weight",
          "output_norm.weight", "model.norm.weight",
          "output.weight", "lm_head.weight");

  private static final Map<String, String> MODULES =
      Map.ofEntries(
          Map.entry("attn_norm", "input_layernorm"),
          Map.entry("attn_q", "self_attn.q_proj"),
          Map.entry("attn_k", "self_attn.k_proj"),
          Map.entry("attn_v", "self_attn.v_proj"),
          Map.entry("attn_output", "self_attn.o_proj"),
          Map.entry("attn_q_norm", "self_attn.q_norm"),
          Map.entry("attn_k_norm", "self_attn.k_norm"),
          Map.entry("ffn_norm", "post_attention_layernorm"),
          Map.entry("ffn_gate", "mlp.gate_proj"),
          Map.entry("ffn_up", "mlp.up_proj"),
          Map.entry("ffn_down", "mlp.down_proj"));

  private GgufNames() {}

  /** Returns the Hugging Face name, if the tensor has one. */
  static Optional<String> huggingFace(String name) {
    if (GLOBAL.containsKey(name)) {
      return Optional.of(GLOBAL.get(name));
    }
    Matcher layer = LAYER.matcher(name);
    if (!layer.matches() || !MODULES.containsKey(layer.group(2))) {
      return Optional.empty();
    }
    String module = MODULES.get(layer.group(2));
    return Optional.of("model.layers." + layer.group(1) + "." + module + "." + layer.group(3));
  }
}
