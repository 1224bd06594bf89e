package dev.palimpsest.decoder.family;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects a model's places for adapters. */
final class Sites {
  private final List<LinearSite> sites = new ArrayList<>();

  /** Adds a linear layer, where the model has it. */
  void add(WeightPart part, int layer, Linear linear, int columns, boolean narrow) {
    if (!linear.modules().isEmpty()) {
      sites.add(
          new LinearSite(
              WeightName.of(part, layer),
              0,
              linear.modules().stream().map(m -> Blueprint.at(m, layer)).toList(),
              linear.rows(),
              columns,
              linear.arrangement(),
              narrow,
              Optional.empty()));
    }
  }

  /**
   * Adds a layer of one expert.
   *
   * @param linear the layer, by the full names of its modules
   */
  void add(WeightPart part, int layer, Linear linear, int columns, LinearSite.Expert expert) {
    int row = linear.width() * expert.number();
    sites.add(
        new LinearSite(
            WeightName.of(part, layer),
            row,
            linear.modules(),
            linear.rows(),
            columns,
            Arrangement.PLAIN,
            true,
            Optional.of(expert)));
  }

  List<LinearSite> inOrder() {
    return sites;
  }
}
