package dev.palimpsest.decoder.family;

import java.util.List;

/** How a checkpoint stores the experts of a layer. */
interface ExpertWeights {
  /** Returns weight and bias of the gated inner layers, then of the outer ones. */
  List<TensorSlot> slots(int layer, int hidden);

  /**
   * Returns the two places for adapters of each expert.
   *
   * @param first index of the first of the slots
   */
  List<LinearSite> sites(int layer, int hidden, int first);
}
