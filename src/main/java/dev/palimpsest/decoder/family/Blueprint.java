package dev.palimpsest.decoder.family;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Everything that the kernel has to know of a model: numbers, and where each tensor comes from.
 *
 * <p>{@link Builder} begins as a Llama; a family changes what differs.
 */
public final class Blueprint {
  /** Tensors of the model itself, before those of the layers. */
  private static final int MODEL_SLOTS = 6;

  /** Tensors of each layer. */
  private static final int LAYER_SLOTS = 16;

  /** Weights of linear layers among them, as kernel.py counts them. */
  private static final int QKV = 2;

  private static final int OUTPUT = 6;
  private static final int UP = 11;
  private static final int DOWN = 13;

  /** Behind each lie its biases. */
  private static final Set<Integer> LINEAR_SLOTS = Set.of(QKV, OUTPUT, UP, DOWN);

  /** Places for adapters in each layer. */
  private static final int SITES = 4;

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

  /** Returns the typed attributes at the kernel's top, without the element type. */
  public Map<String, Object> attributes() {
    Sizes sizes = parts.sizes;
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("training", false);
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
    parts.experts.addAttributes(map, sizes.layers(), 3 * (2 + SITES * sizes.layers()));
    return map;
  }

  /** Returns the tensors in the order in which the kernel takes them. */
  public List<TensorSlot> slots() {
    List<TensorSlot> slots = new ArrayList<>(MODEL_SLOTS + LAYER_SLOTS * parts.sizes.layers());
    Sizes sizes = parts.sizes;
    TensorSlot head = weight(parts.head, 0, parts.embeddingWidth, true);
    slots.add(parts.tied ? head : table(parts.embedding, sizes.vocabulary(), parts.embeddingWidth));
    slots.add(parts.positions.isEmpty() ? TensorSlot.ABSENT : positionTable());
    addNorm(slots, parts.finalNorm, 0, sizes.hidden(), parts.normBias);
    slots.add(head);
    slots.add(headBias());
    for (int layer = 0; layer < sizes.layers(); layer++) {
      addLayer(slots, layer);
    }
    for (int layer = 0; layer < sizes.layers() && hasMore(); layer++) {
      slots.add(parts.sinks ? sinks(layer) : TensorSlot.ABSENT);
      slots.addAll(parts.experts.around(layer, sizes.hidden()));
    }
    slots.add(weight(parts.into, 0, parts.embeddingWidth, true));
    slots.add(weight(parts.out, 0, sizes.hidden(), false));
    return slots;
  }

  /** Returns the indexes of the slots that one linear layer multiplies by as a whole. */
  public Set<Integer> multiplied() {
    Set<Integer> found = new HashSet<>();
    for (int layer = 0; layer < parts.sizes.layers(); layer++) {
      int first = MODEL_SLOTS + LAYER_SLOTS * layer;
      found.addAll(List.of(first + QKV, first + OUTPUT));
      if (!parts.experts.in(layer)) {
        found.addAll(List.of(first + UP, first + DOWN));
      }
    }
    return found;
  }

  private boolean hasMore() {
    return parts.sinks || parts.experts.count() > 0;
  }

  /** A head that shares the embedding's weight still has a bias of its own. */
  private TensorSlot headBias() {
    return parts.head.bias()
        ? vector(parts.headModule, 0, ".bias", parts.sizes.vocabulary(), false)
        : TensorSlot.ABSENT;
  }

  private TensorSlot sinks(int layer) {
    return vector(Llama.ATTENTION + "sinks", layer, "", parts.sizes.heads(), false);
  }

  private void addLayer(List<TensorSlot> slots, int layer) {
    Sizes sizes = parts.sizes;
    addNorm(slots, parts.attentionNorm, layer, sizes.hidden(), parts.normBias);
    addLinear(slots, parts.qkv, layer, sizes.hidden());
    slots.add(headNorm(parts.queryNorm, layer, sizes.heads()));
    slots.add(headNorm(parts.keyNorm, layer, sizes.keyHeads()));
    addLinear(slots, parts.output, layer, sizes.queryWidth());
    slots.add(norm(parts.attentionPostNorm, layer, sizes.hidden()));
    addNorm(slots, parts.mlpNorm, layer, sizes.hidden(), parts.normBias);
    if (parts.experts.in(layer)) {
      slots.addAll(parts.experts.weights(layer, sizes.hidden()));
    } else {
      addLinear(slots, parts.up, layer, sizes.hidden());
      addLinear(slots, parts.down, layer, sizes.intermediate());
    }
    slots.add(norm(parts.mlpPostNorm, layer, sizes.hidden()));
  }

  private void addLinear(List<TensorSlot> slots, Linear linear, int layer, int columns) {
    slots.add(weight(linear, layer, columns, true));
    slots.add(bias(linear, layer, true));
  }

  private void addNorm(
      List<TensorSlot> slots, String module, int layer, int width, boolean withBias) {
    slots.add(norm(module, layer, width));
    boolean bias = withBias && parts.normWeight && !isAbsent(module, layer);
    slots.add(bias ? vector(module, layer, ".bias", width, false) : TensorSlot.ABSENT);
  }

  private TensorSlot norm(String module, int layer, int width) {
    if (isAbsent(module, layer)) {
      return TensorSlot.ABSENT;
    }
    return parts.normWeight
        ? vector(module, layer, ".weight", width, parts.normPlusOne)
        : TensorSlot.ones(width);
  }

  private TensorSlot headNorm(String module, int layer, int heads) {
    return module.isEmpty()
        ? TensorSlot.ABSENT
        : parts.headNorm.slot(at(module, layer), heads, parts.sizes.headSize(), parts.normPlusOne);
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
    if (!linear.bias()) {
      return TensorSlot.ABSENT;
    }
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

  /** Returns the places for adapters in the order in which the kernel takes them. */
  public List<LinearSite> sites() {
    List<LinearSite> sites = new ArrayList<>();
    Sizes sizes = parts.sizes;
    Linear table = Linear.of(parts.embedding, sizes.vocabulary(), false);
    sites.add(site(0, table, 0, parts.embeddingWidth, true, true));
    Linear head = Linear.of(parts.headModule, sizes.vocabulary(), false);
    sites.add(site(4, head, 0, parts.embeddingWidth, false, false));
    for (int layer = 0; layer < sizes.layers(); layer++) {
      int first = MODEL_SLOTS + LAYER_SLOTS * layer;
      sites.add(site(first + QKV, parts.qkv, layer, sizes.hidden(), true, false));
      sites.add(site(first + OUTPUT, parts.output, layer, sizes.queryWidth(), true, false));
      boolean sparse = parts.experts.in(layer);
      Linear up = sparse ? Linear.NONE : parts.up;
      Linear down = sparse ? Linear.NONE : parts.down;
      sites.add(site(first + UP, up, layer, sizes.hidden(), true, false));
      sites.add(site(first + DOWN, down, layer, sizes.intermediate(), true, false));
    }
    for (int layer = 0; layer < sizes.layers(); layer++) {
      int around = MODEL_SLOTS + LAYER_SLOTS * sizes.layers() + 6 * layer;
      int weights = MODEL_SLOTS + LAYER_SLOTS * layer + UP;
      sites.addAll(parts.experts.sites(layer, sizes.hidden(), around, weights));
    }
    int last = MODEL_SLOTS + (LAYER_SLOTS + (hasMore() ? 6 : 0)) * sizes.layers();
    sites.add(site(last, parts.into, 0, parts.embeddingWidth, true, false));
    sites.add(site(last + 1, parts.out, 0, sizes.hidden(), false, false));
    return sites;
  }

  /** Returns the index of the slot of a place's biases, if the kernel adds any there. */
  public OptionalInt biasOf(LinearSite site) {
    int weight = site.weight();
    int layers = MODEL_SLOTS + LAYER_SLOTS * parts.sizes.layers();
    boolean linear = LINEAR_SLOTS.contains((weight - MODEL_SLOTS) % LAYER_SLOTS);
    boolean more = hasMore() && weight < layers + 6 * parts.sizes.layers();
    boolean router = more && (weight - layers) % 6 == 1;
    boolean biased = weight < layers ? weight == 4 || linear : router;
    return biased ? OptionalInt.of(weight + 1) : OptionalInt.empty();
  }

  static LinearSite site(
      int weight, Linear linear, int layer, int columns, boolean narrow, boolean embedding) {
    List<String> modules = linear.modules().stream().map(m -> at(m, layer)).toList();
    return new LinearSite(
        weight,
        0,
        modules,
        linear.rows(),
        columns,
        linear.arrangement(),
        narrow,
        embedding,
        Optional.empty());
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
