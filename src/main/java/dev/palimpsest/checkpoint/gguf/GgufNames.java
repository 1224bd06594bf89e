package dev.palimpsest.checkpoint.gguf;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Hugging Face names of one architecture's tensors.
 *
 * <p>A module of GGUF ({@code attn_q}), or one tensor of it ({@code attn_sinks.weight}), stands for
 * one module of a layer. A few marks tell where the two do not lie alike: "{i}" stands for the
 * index along the first dimension, along which the tensor is cut; "A|B" is then cut into equal
 * parts; "A#0" and "A#1" are put together, expert by expert; "A=" is a vector that is a matrix of
 * one row.
 *
 * @param layer module path of a layer, "{}" standing for its number
 * @param names Hugging Face name by GGUF name, both without the layer's path; those outside of
 *     layers begin with "/"
 */
record GgufNames(String layer, Map<String, String> names) {
  private static final Pattern LAYER =
      Pattern.compile("blk\\.(0|[1-9]\\d{0,8})\\.([a-z_0-9]+)(?:\\.(\\d{1,6}))?\\.(weight|bias)");

  /** Those of a Llama, from which most differ little. */
  static final GgufNames LLAMA =
      new GgufNames("model.layers.{}.", Map.of())
          .with("/token_embd", "model.embed_tokens")
          .with("/output_norm", "model.norm")
          .with("/output", "lm_head")
          .with("attn_norm", "input_layernorm")
          .with("attn_q", "self_attn.q_proj")
          .with("attn_k", "self_attn.k_proj")
          .with("attn_v", "self_attn.v_proj")
          .with("attn_qkv", "self_attn.q_proj|self_attn.k_proj|self_attn.v_proj")
          .with("attn_output", "self_attn.o_proj")
          .with("attn_q_norm", "self_attn.q_norm")
          .with("attn_k_norm", "self_attn.k_norm")
          .with("ffn_norm", "post_attention_layernorm")
          .with("ffn_gate", "mlp.gate_proj")
          .with("ffn_up", "mlp.up_proj")
          .with("ffn_down", "mlp.down_proj");

  GgufNames {
    names = Map.copyOf(names);
  }

  /** Returns the same names with another one. */
  GgufNames with(String gguf, String huggingFace) {
    Map<String, String> more = new HashMap<>(names);
    more.put(gguf, huggingFace);
    return new GgufNames(layer, more);
  }

  /** Returns the Hugging Face names that a tensor stands for, with marks; nothing if none. */
  Optional<List<String>> of(String tensor) {
    Matcher matcher = LAYER.matcher(tensor);
    if (!matcher.matches()) {
      int dot = tensor.lastIndexOf('.');
      return dot < 0
          ? Optional.empty()
          : Optional.ofNullable(names.get("/" + tensor.substring(0, dot)))
              .map(name -> List.of(name + tensor.substring(dot)));
    }
    String prefix = layer.replace("{}", matcher.group(1));
    return matcher.group(3) == null
        ? whole(prefix, matcher.group(2), matcher.group(4))
        : single(prefix, matcher.group(2), matcher.group(3), matcher.group(4));
  }

  private Optional<List<String>> whole(String prefix, String module, String kind) {
    String own = names.get(module + "." + kind);
    if (own != null) {
      return Optional.of(List.of(prefix + own));
    }
    return Optional.ofNullable(names.get(module))
        .map(
            parts ->
                Arrays.stream(parts.split("\\|")).map(p -> suffixed(prefix + p, kind)).toList());
  }

  /** Files of 2023 have a tensor for each expert. */
  private Optional<List<String>> single(String prefix, String module, String index, String kind) {
    return Optional.ofNullable(names.get(module + "_exps"))
        .filter(name -> name.contains("{i}") && !name.contains("|"))
        .map(name -> List.of(suffixed(prefix + name.replace("{i}", index), kind)));
  }

  private static String suffixed(String module, String kind) {
    return module.endsWith("=")
        ? module.substring(0, module.length() - 1) + "." + kind + "="
        : module + "." + kind;
  }
}
