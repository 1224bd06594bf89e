package dev.palimpsest.decoder.family;

import dev.palimpsest.checkpoint.CheckpointException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntPredicate;

/**
 * The experts that take the place of the feed-forward part in some layers.
 *
 * @param count number of experts in such a layer; 0 for a model without
 * @param chosen experts that a token goes through
 * @param routing how their shares are found
 * @param router the module that scores them
 * @param weights how they are stored
 * @param shared width of the expert that all tokens go through; 0 for none
 * @param layers tells the layers that have experts
 */
record Experts(
    int count,
    int chosen,
    Routing routing,
    Linear router,
    ExpertWeights weights,
    int shared,
    IntPredicate layers) {
  /** A model without experts. */
  static final Experts NONE =
      new Experts(
          0,
          0,
          Routing.SOFTMAX_FIRST,
          Linear.NONE,
          new SeparateExperts(0, 0, "", List.of()),
          0,
          layer -> false);

  Experts {
    Objects.requireNonNull(routing, "routing is null");
    Objects.requireNonNull(router, "router is null");
    Objects.requireNonNull(weights, "weights is null");
    Objects.requireNonNull(layers, "layers is null");
  }

  /** Far above every published model (about 60,000 in all layers). */
  private static final int MAX_IN_ALL = 1 << 20;

  /** Refuses so many experts that their names would not fit into memory. */
  void requireFewFor(int modelLayers) {
    if ((long) count * modelLayers > MAX_IN_ALL) {
      throw new CheckpointException(
          "config.json",
          "has %d experts in each of %d layers; at most %d in all are run."
              .formatted(count, modelLayers, MAX_IN_ALL));
    }
  }

  /** Tells whether a layer has experts. */
  boolean in(int layer) {
    return layers.test(layer);
  }

  /**
   * Adds the kernel's attributes.
   *
   * @param firstSite where the adapter's tensors for experts begin
   */
  void addAttributes(Map<String, Object> map, int modelLayers, int firstSite) {
    int[] counts = new int[modelLayers];
    int[] sites = new int[modelLayers];
    int next = firstSite;
    for (int layer = 0; layer < modelLayers; layer++) {
      counts[layer] = in(layer) ? count : 0;
      sites[layer] = next;
      next += 3 * sites(layer, 1, 0, 0).size();
    }
    map.put("experts", counts);
    map.put("expert_sites", sites);
    map.put("experts_chosen", chosen);
    map.put("routing", routing.code());
  }

  /** Returns a layer's weights and biases of the gated inner layers and of the outer ones. */
  List<TensorSlot> weights(int layer, int hidden) {
    return weights.slots(layer, hidden);
  }

  /** Returns weight and bias of the router, then inner, outer and gate weight of the shared one. */
  List<TensorSlot> around(int layer, int hidden) {
    if (!in(layer)) {
      return List.of(
          TensorSlot.ABSENT,
          TensorSlot.ABSENT,
          TensorSlot.ABSENT,
          TensorSlot.ABSENT,
          TensorSlot.ABSENT);
    }
    boolean all = shared > 0;
    return List.of(
        Blueprint.weight(router, layer, hidden, false),
        Blueprint.bias(router, layer, false),
        all ? Blueprint.weight(sharedInner(), layer, hidden, true) : TensorSlot.ABSENT,
        all ? Blueprint.weight(sharedOuter(hidden), layer, shared, true) : TensorSlot.ABSENT,
        all ? Blueprint.weight(sharedGate(), layer, hidden, false) : TensorSlot.ABSENT);
  }

  private static Linear sharedGate() {
    return Linear.of(Llama.MLP + "shared_expert_gate", 1, false);
  }

  private Linear sharedInner() {
    return new Linear(
        List.of(Llama.MLP + "shared_expert.gate_proj", Llama.MLP + "shared_expert.up_proj"),
        List.of(shared, shared),
        Arrangement.PLAIN,
        false);
  }

  private static Linear sharedOuter(int hidden) {
    return Linear.of(Llama.MLP + "shared_expert.down_proj", hidden, false);
  }

  /**
   * Returns a layer's places for adapters: router; inner layer, outer layer and gate of the shared
   * expert; then two for each expert.
   *
   * @param around index of the layer's first slot beyond those that every model has
   * @param first index of the slot of the inner layers
   */
  List<LinearSite> sites(int layer, int hidden, int around, int first) {
    if (!in(layer)) {
      return List.of();
    }
    List<LinearSite> sites = new ArrayList<>();
    sites.add(Blueprint.site(around + 1, router, layer, hidden, false, false));
    boolean all = shared > 0;
    Linear inner = all ? sharedInner() : Linear.NONE;
    Linear outer = all ? sharedOuter(hidden) : Linear.NONE;
    Linear gate = all ? sharedGate() : Linear.NONE;
    sites.add(Blueprint.site(around + 3, inner, layer, hidden, true, false));
    sites.add(Blueprint.site(around + 4, outer, layer, shared, true, false));
    sites.add(Blueprint.site(around + 5, gate, layer, hidden, false, false));
    sites.addAll(weights.sites(layer, hidden, first));
    return sites;
  }
}
