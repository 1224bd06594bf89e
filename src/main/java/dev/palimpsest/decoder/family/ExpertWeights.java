package dev.palimpsest.decoder.family;

/** How a checkpoint stores the experts of a layer. */
interface ExpertWeights {
  /** Adds the tensors of a layer's experts: inner layers, gate's rows first, and outer ones. */
  void addTo(Slots slots, int layer, int hidden);

  /** Adds the places for adapters of a layer's experts. */
  void addTo(Sites sites, int layer, int hidden);
}
