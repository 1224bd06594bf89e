package dev.palimpsest.checkpoint;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The tensors that a configuration of the Llama kind calls for, with their shapes.
 *
 * <p>Covers the families whose blocks are named as Llama's: they differ in biases and norms.
 */
final class DecoderLayout {
  private static final Set<String> QKV_BIAS = Set.of("qwen2");
  private static final Set<String> HEAD_NORMS = Set.of("qwen3", "gemma3_text");
  private static final Set<String> WIDE_NORMS = Set.of("olmo2");
  private static final Set<String> SANDWICH_NORMS = Set.of("gemma2", "gemma3_text");
  private static final Set<String> PLAIN =
      Set.of("llama", "mistral", "granite", "smollm3", "gemma");

  private final ModelConfig config;
  private final String family;
  private final long hidden;
  private final long inner;
  private final long headDim;
  private final long queries;
  private final long keys;

  private DecoderLayout(ModelConfig config) {
    this.config = config;
    this.family = config.modelType();
    this.hidden = config.positiveInt("hidden_size");
    this.inner = config.positiveInt("intermediate_size");
    long heads = config.positiveInt("num_attention_heads");
    this.headDim = config.positiveInt("head_dim", (int) (hidden / heads));
    this.queries = heads * headDim;
    this.keys = config.positiveInt("num_key_value_heads", (int) heads) * headDim;
  }

  /** Says whether the family's tensors are known here. */
  static boolean covers(String family) {
    return PLAIN.contains(family)
        || QKV_BIAS.contains(family)
        || HEAD_NORMS.contains(family)
        || WIDE_NORMS.contains(family)
        || SANDWICH_NORMS.contains(family);
  }

  /** Reports what is missing, has another shape, or does not belong. */
  static void check(ModelConfig config, TensorStore tensors, Consumer<String> problems) {
    new DecoderLayout(config).check(tensors, problems);
  }

  private void check(TensorStore tensors, Consumer<String> problems) {
    Set<String> expected = new HashSet<>();
    compare(globals(), tensors, expected, problems);
    int layers = config.positiveInt("num_hidden_layers");
    Set<Integer> present = layersOf(tensors);
    for (int layer = 0; layer < layers; layer++) {
      String prefix = "model.layers." + layer + ".";
      if (!present.contains(layer)) {
        problems.accept(
            "missing tensors %s*: num_hidden_layers is %d, but layer %d has no tensors"
                .formatted(prefix, layers, layer));
        return;
      }
      compare(prefixed(prefix), tensors, expected, problems);
    }
    tensors.names().stream()
        .filter(name -> !expected.contains(name) && !isHarmless(name))
        .forEach(name -> problems.accept("unexpected tensor " + Shown.text(name)));
  }

  private static Set<Integer> layersOf(TensorStore tensors) {
    Set<Integer> layers = new HashSet<>();
    tensors.names().forEach(name -> AdapterConfig.layerOf(name).ifPresent(layers::add));
    return layers;
  }

  private void compare(
      Map<String, long[]> shapes,
      TensorStore tensors,
      Set<String> expected,
      Consumer<String> problems) {
    shapes.forEach(
        (name, shape) -> {
          expected.add(name);
          if (!tensors.contains(name)) {
            problems.accept("missing tensor " + name);
          } else if (!tensors.info(name).shapeText().equals(TensorInfo.shapeText(shape))) {
            problems.accept(
                "tensor %s has shape %s, expected %s"
                    .formatted(name, tensors.info(name).shapeText(), TensorInfo.shapeText(shape)));
          }
        });
  }

  private Map<String, long[]> globals() {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    long vocabulary = config.positiveInt("vocab_size");
    shapes.put("model.embed_tokens.weight", new long[] {vocabulary, hidden});
    shapes.put("model.norm.weight", new long[] {hidden});
    if (!config.flag("tie_word_embeddings", family.startsWith("gemma"))) {
      shapes.put("lm_head.weight", new long[] {vocabulary, hidden});
    }
    return shapes;
  }

  private Map<String, long[]> prefixed(String prefix) {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    norms(shapes);
    matrix(shapes, "self_attn.q_proj", queries, hidden, attentionBias());
    matrix(shapes, "self_attn.k_proj", keys, hidden, attentionBias());
    matrix(shapes, "self_attn.v_proj", keys, hidden, attentionBias());
    matrix(shapes, "self_attn.o_proj", hidden, queries, outputBias());
    boolean bias = config.flag("mlp_bias", false);
    matrix(shapes, "mlp.gate_proj", inner, hidden, bias);
    matrix(shapes, "mlp.up_proj", inner, hidden, bias);
    matrix(shapes, "mlp.down_proj", hidden, inner, bias);
    Map<String, long[]> named = new LinkedHashMap<>();
    shapes.forEach((name, shape) -> named.put(prefix + name, shape));
    return named;
  }

  private void norms(Map<String, long[]> shapes) {
    shapes.put("post_attention_layernorm.weight", new long[] {hidden});
    if (!WIDE_NORMS.contains(family)) {
      shapes.put("input_layernorm.weight", new long[] {hidden});
    }
    if (SANDWICH_NORMS.contains(family)) {
      shapes.put("pre_feedforward_layernorm.weight", new long[] {hidden});
    }
    if (SANDWICH_NORMS.contains(family) || WIDE_NORMS.contains(family)) {
      shapes.put("post_feedforward_layernorm.weight", new long[] {hidden});
    }
    if (HEAD_NORMS.contains(family) || WIDE_NORMS.contains(family)) {
      boolean wide = WIDE_NORMS.contains(family);
      shapes.put("self_attn.q_norm.weight", new long[] {wide ? queries : headDim});
      shapes.put("self_attn.k_norm.weight", new long[] {wide ? keys : headDim});
    }
  }

  private static void matrix(
      Map<String, long[]> shapes, String module, long rows, long columns, boolean bias) {
    shapes.put(module + ".weight", new long[] {rows, columns});
    if (bias) {
      shapes.put(module + ".bias", new long[] {rows});
    }
  }

  private boolean attentionBias() {
    return QKV_BIAS.contains(family) || config.flag("attention_bias", false);
  }

  private boolean outputBias() {
    return !QKV_BIAS.contains(family) && config.flag("attention_bias", false);
  }

  /** Old files carry rotary tables; a tied head may be stored a second time. */
  private static boolean isHarmless(String name) {
    return name.endsWith(".rotary_emb.inv_freq") || name.equals("lm_head.weight");
  }
}
