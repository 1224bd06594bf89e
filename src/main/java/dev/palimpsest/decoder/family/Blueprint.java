package dev.palimpsest.decoder.family;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that the kernel has to know of a model: numbers, and where each tensor comes from.
 *
 * <p>{@link Builder} begins as a Llama; a family changes what differs.
 */
public final class Blueprint {
  /** Stands for the number of the layer before in a module's name; the first layer has none. */
  static final String PREVIOUS = "{previous}";

  private final Builder parts;

  Blueprint(Builder parts) {
    this.parts = parts;
  }

  /** Returns the family, as config.json names it. */
  public String family() {
    return parts.family;
  }

  /** Returns the model's dimensions. */
  public Sizes sizes() {
    return parts.sizes;
  }

  /** Tells whether the head is the embedding's own table. */
  public boolean isTied() {
    return parts.tied;
  }

  /** Returns the kinds of rotary embeddings, none for a model with learned positions. */
  public List<RopeSettings> ropes() {
    return List.copyOf(parts.ropes);
  }

  /**
   * Returns a number that two lengths of sequences have in common if all their tokens are rotated
   * alike.
   */
  public int regime(int length) {
    int beyond = 0;
    for (RopeSettings rope : parts.ropes) {
      if (rope.limit() > 0 && length > rope.limit()) {
        if (rope.growth() > 0) {
          return length;
        }
        beyond++;
      }
    }
    return beyond;
  }

  /**
   * Returns the length after which a generation computes all its tokens anew; 0 if it never does.
   */
  public int restart() {
    return parts.restarts ? parts.ropes.get(0).limit() : 0;
  }

  /** Returns the longest sequence that has positions. */
  public int longest() {
    return parts.positions.isEmpty() ? Integer.MAX_VALUE : parts.sizes.maxLength();
  }

  /** Returns the longest sequence that a generation grows to. */
  public int longestGeneration() {
    double factor = parts.ropes.stream().mapToDouble(RopeSettings::growth).max().orElse(0);
    return (int) Math.min(1 << 30, parts.sizes.maxLength() * Math.max(1, factor));
  }

  /** Returns the name of a head's weight that is not to be read as it is the embedding's, if so. */
  public Optional<String> tiedHead() {
    return parts.tied ? Optional.of(parts.headModule + ".weight") : Optional.empty();
  }

  /** Returns the name of the embedding's weight. */
  public String embedding() {
    return parts.embedding + ".weight";
  }

  /** Returns the module path that base models leave out of tensor names ("model"). */
  public String basePrefix() {
    return parts.basePrefix;
  }

  /** Returns the kernel's settings, as settings.py names them, without how a machine multiplies. */
  public Map<String, Object> attributes() {
    Sizes sizes = parts.sizes;
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("layers", sizes.layers());
    map.put("heads", sizes.heads());
    map.put("kv_heads", sizes.keyHeads());
    map.put("head_dim", sizes.headSize());
    map.put("layer_norm", parts.layerNorm);
    map.put("epsilon", parts.epsilon);
    map.put("activation", parts.activation.code());
    map.put("gated", parts.gated);
    map.put("parallel", parts.parallel);
    map.put("post_norm", parts.postNorm);
    map.put("head_norm", parts.headNorm.code());
    map.put("embedding_scale", parts.scales.embedding());
    map.put("residual_scale", parts.scales.residual());
    map.put("attention_scale", parts.scales.attention());
    map.put("attention_cap", parts.scales.attentionCap());
    map.put("logit_scale", parts.scales.logit());
    map.put("logit_cap", parts.scales.logitCap());
    map.put("position_offset", parts.positionOffset);
    map.put("query_scales", parts.queryScales);
    map.put("windows", parts.windows);
    map.put("ropes", parts.ropeOfLayer);
    map.put("rope_limits", parts.ropes.stream().mapToInt(RopeSettings::limit).toArray());
    map.put("rope_factors", parts.ropes.stream().mapToDouble(RopeSettings::growth).toArray());
    map.put("rope_thetas", parts.ropes.stream().mapToDouble(RopeSettings::theta).toArray());
    map.put("slopes", parts.slopes);
    map.put("rope_scales", parts.ropes.stream().mapToDouble(RopeSettings::scale).toArray());
    map.put("sinks", parts.sinks);
    map.put("glu_limit", parts.gluLimit);
    map.put("glu_gain", parts.gluGain);
    parts.experts.addAttributes(map, sizes.layers());
    return map;
  }

  /** Returns the tensors that the model has. */
  public Map<WeightName, TensorSlot> slots() {
    Sizes sizes = parts.sizes;
    Slots slots = new Slots();
    TensorSlot head = weight(parts.head, 0, parts.embeddingWidth, true);
    slots.add(
        WeightPart.EMBEDDING,
        0,
        parts.tied ? head : table(parts.embedding, sizes.vocabulary(), parts.embeddingWidth));
    slots.addLinear(WeightPart.EMBEDDING_PROJECTION, 0, parts.into, parts.embeddingWidth, true);
    if (!parts.positions.isEmpty()) {
      slots.add(WeightPart.POSITIONS, 0, positionTable());
    }
    for (int layer = 0; layer < sizes.layers(); layer++) {
      addLayer(slots, layer);
    }
    addNorm(slots, WeightPart.FINAL_NORM, parts.finalNorm, 0, parts.normBias);
    slots.addLinear(WeightPart.HEAD_PROJECTION, 0, parts.out, sizes.hidden(), false);
    slots.add(WeightPart.HEAD, 0, head);
    if (parts.head.bias()) {
      // A head that shares the embedding's weight still has a bias of its own.
      slots.addBias(
          WeightPart.HEAD, 0, vector(parts.headModule, 0, ".bias", sizes.vocabulary(), false));
    }
    return slots.byName();
  }

  private void addLayer(Slots slots, int layer) {
    Sizes sizes = parts.sizes;
    addNorm(slots, WeightPart.ATTENTION_NORM, parts.attentionNorm, layer, parts.normBias);
    slots.addLinear(WeightPart.QKV, layer, parts.qkv, sizes.hidden(), true);
    addHeadNorm(slots, WeightPart.QUERY_NORM, parts.queryNorm, layer, sizes.heads());
    addHeadNorm(slots, WeightPart.KEY_NORM, parts.keyNorm, layer, sizes.keyHeads());
    if (parts.sinks) {
      slots.add(
          WeightPart.SINKS,
          layer,
          vector(Llama.ATTENTION + "sinks", layer, "", sizes.heads(), false));
    }
    slots.addLinear(WeightPart.OUTPUT, layer, parts.output, sizes.queryWidth(), true);
    addNorm(slots, WeightPart.ATTENTION_POST_NORM, parts.attentionPostNorm, layer, false);
    addNorm(slots, WeightPart.MLP_NORM, parts.mlpNorm, layer, parts.normBias);
    if (parts.experts.in(layer)) {
      parts.experts.addTo(slots, layer, sizes.hidden());
    } else {
      slots.addLinear(WeightPart.MLP_UP, layer, parts.up, sizes.hidden(), true);
      slots.addLinear(WeightPart.MLP_DOWN, layer, parts.down, sizes.intermediate(), true);
    }
    addNorm(slots, WeightPart.MLP_POST_NORM, parts.mlpPostNorm, layer, false);
  }

  private void addNorm(Slots slots, WeightPart part, String module, int layer, boolean withBias) {
    if (isAbsent(module, layer)) {
      return;
    }
    int width = parts.sizes.hidden();
    slots.add(
        part,
        layer,
        parts.normWeight
            ? vector(module, layer, ".weight", width, parts.normPlusOne)
            : TensorSlot.ones(width));
    if (withBias && parts.normWeight) {
      slots.addBias(part, layer, vector(module, layer, ".bias", width, false));
    }
  }

  private void addHeadNorm(Slots slots, WeightPart part, String module, int layer, int heads) {
    if (!module.isEmpty()) {
      int headSize = parts.sizes.headSize();
      slots.add(
          part, layer, parts.headNorm.slot(at(module, layer), heads, headSize, parts.normPlusOne));
    }
  }

  private static boolean isAbsent(String module, int layer) {
    return module.isEmpty() || (layer == 0 && module.contains(PREVIOUS));
  }

  private static TensorSlot vector(
      String module, int layer, String suffix, int width, boolean plusOne) {
    List<String> names = List.of(at(module, layer) + suffix);
    return new TensorSlot(names, List.of(width), 0, false, Arrangement.PLAIN, plusOne, 0);
  }

  static TensorSlot weight(Linear linear, int layer, int columns, boolean narrow) {
    List<String> names = linear.modules().stream().map(m -> at(m, layer) + ".weight").toList();
    return new TensorSlot(names, linear.rows(), columns, narrow, linear.arrangement(), false, 0);
  }

  static TensorSlot bias(Linear linear, int layer, boolean narrow) {
    List<String> names = linear.modules().stream().map(m -> at(m, layer) + ".bias").toList();
    return new TensorSlot(names, linear.rows(), 0, narrow, linear.arrangement(), false, 0);
  }

  private static TensorSlot table(String module, int rows, int columns) {
    List<String> names = List.of(module + ".weight");
    return new TensorSlot(names, List.of(rows), columns, true, Arrangement.PLAIN, false, 0);
  }

  private TensorSlot positionTable() {
    Sizes sizes = parts.sizes;
    return table(parts.positions, sizes.maxLength() + parts.positionOffset, sizes.hidden());
  }

  static String at(String module, int layer) {
    return module
        .replace("{}", Integer.toString(layer))
        .replace(PREVIOUS, Integer.toString(layer - 1));
  }

  /** Returns the places for adapters, the embedding first and the head next. */
  public List<LinearSite> sites() {
    Sizes sizes = parts.sizes;
    Sites sites = new Sites();
    Linear table = Linear.of(parts.embedding, sizes.vocabulary(), false);
    sites.add(WeightPart.EMBEDDING, 0, table, parts.embeddingWidth, true);
    Linear head = Linear.of(parts.headModule, sizes.vocabulary(), false);
    sites.add(WeightPart.HEAD, 0, head, parts.embeddingWidth, false);
    for (int layer = 0; layer < sizes.layers(); layer++) {
      sites.add(WeightPart.QKV, layer, parts.qkv, sizes.hidden(), true);
      sites.add(WeightPart.OUTPUT, layer, parts.output, sizes.queryWidth(), true);
      if (parts.experts.in(layer)) {
        parts.experts.addTo(sites, layer, sizes.hidden());
      } else {
        sites.add(WeightPart.MLP_UP, layer, parts.up, sizes.hidden(), true);
        sites.add(WeightPart.MLP_DOWN, layer, parts.down, sizes.intermediate(), true);
      }
    }
    sites.add(WeightPart.EMBEDDING_PROJECTION, 0, parts.into, parts.embeddingWidth, true);
    sites.add(WeightPart.HEAD_PROJECTION, 0, parts.out, sizes.hidden(), false);
    return sites.inOrder();
  }

  /** Collects what a family says of a model; begins as a Llama without biases. */
  static final class Builder {
    final String family;
    final Sizes sizes;
    String basePrefix = "model";
    boolean tied;
    boolean layerNorm;
    boolean normWeight = true;
    boolean normBias;
    boolean normPlusOne;
    double epsilon = 1e-6;
    Activation activation = Activation.SILU;
    boolean gated = true;
    boolean parallel;
    boolean postNorm;
    HeadNorm headNorm = HeadNorm.SHARED;
    Scales scales;
    int embeddingWidth;
    int positionOffset;
    double[] queryScales;
    int[] windows;
    List<RopeSettings> ropes = List.of();
    int[] ropeOfLayer;
    boolean restarts;
    double[] slopes = {};
    boolean sinks;
    double gluLimit;
    double gluGain = 1;
    Experts experts = Experts.NONE;

    String embedding = "model.embed_tokens";
    String positions = "";
    String finalNorm = "model.norm";
    String headModule = "lm_head";
    Linear head = Linear.NONE;
    String attentionNorm = "model.layers.{}.input_layernorm";
    Linear qkv = Linear.NONE;
    String queryNorm = "";
    String keyNorm = "";
    Linear output = Linear.NONE;
    String attentionPostNorm = "";
    String mlpNorm = "model.layers.{}.post_attention_layernorm";
    Linear up = Linear.NONE;
    Linear down = Linear.NONE;
    String mlpPostNorm = "";
    Linear into = Linear.NONE;
    Linear out = Linear.NONE;

    Builder(String family, Sizes sizes) {
      this.family = family;
      this.sizes = sizes;
      this.scales = Scales.usual(sizes.headSize());
      this.embeddingWidth = sizes.hidden();
      this.queryScales = new double[sizes.layers()];
      Arrays.fill(queryScales, 1);
      this.windows = new int[sizes.layers()];
      this.ropeOfLayer = new int[sizes.layers()];
    }

    Blueprint build() {
      experts.requireFewFor(sizes.layers());
      if (head.modules().isEmpty()) {
        head = Linear.of(tied ? embedding : headModule, sizes.vocabulary(), false);
      }
      if (ropes.isEmpty()) {
        Arrays.fill(ropeOfLayer, -1);
      }
      return new Blueprint(this);
    }
  }
}
