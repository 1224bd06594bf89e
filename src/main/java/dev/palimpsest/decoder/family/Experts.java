package dev.palimpsest.decoder.family;

import dev.palimpsest.checkpoint.CheckpointException;
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

  /** Adds the kernel's settings. */
  void addAttributes(Map<String, Object> map, int modelLayers) {
    int[] counts = new int[modelLayers];
    for (int layer = 0; layer < modelLayers; layer++) {
      counts[layer] = in(layer) ? count : 0;
    }
    map.put("experts", counts);
    map.put("experts_chosen", chosen);
    map.put("routing", routing.code());
  }

  /** Adds the tensors of a layer that has experts. */
  void addTo(Slots slots, int layer, int hidden) {
    slots.addLinear(WeightPart.ROUTER, layer, router, hidden, false);
    weights.addTo(slots, layer, hidden);
    if (shared > 0) {
      slots.addLinear(WeightPart.SHARED_UP, layer, sharedInner(), hidden, true);
      slots.addLinear(WeightPart.SHARED_DOWN, layer, sharedOuter(hidden), shared, true);
      slots.addLinear(WeightPart.SHARED_GATE, layer, sharedGate(), hidden, false);
    }
  }

  /** Adds the places for adapters of a layer that has experts. */
  void addTo(Sites sites, int layer, int hidden) {
    sites.add(WeightPart.ROUTER, layer, router, hidden, false);
    if (shared > 0) {
      sites.add(WeightPart.SHARED_UP, layer, sharedInner(), hidden, true);
      sites.add(WeightPart.SHARED_DOWN, layer, sharedOuter(hidden), shared, true);
      sites.add(WeightPart.SHARED_GATE, layer, sharedGate(), hidden, false);
    }
    weights.addTo(sites, layer, hidden);
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
}
