package dev.palimpsest.decoder.family;

import java.util.ArrayList;
import java.util.List;

/**
 * Experts with modules of their own, as Mixtral and Qwen have them on the hub.
 *
 * @param count number of experts
 * @param width width inside each
 * @param prefix module path up to an expert's number, "{}" standing for the layer
 * @param names module names of gate, inner and outer layer within an expert
 */
record SeparateExperts(int count, int width, String prefix, List<String> names)
    implements ExpertWeights {
  SeparateExperts {
    names = List.copyOf(names);
  }

  @Override
  public List<TensorSlot> slots(int layer, int hidden) {
    List<String> up = new ArrayList<>();
    List<Integer> upRows = new ArrayList<>();
    List<String> down = new ArrayList<>();
    List<Integer> downRows = new ArrayList<>();
    for (int expert = 0; expert < count; expert++) {
      up.addAll(inner(layer, expert).modules());
      upRows.addAll(List.of(width, width));
      down.addAll(outer(layer, expert, hidden).modules());
      downRows.add(hidden);
    }
    Linear inner = new Linear(up, upRows, Arrangement.PLAIN, false);
    Linear outer = new Linear(down, downRows, Arrangement.PLAIN, false);
    return List.of(
        Blueprint.weight(inner, layer, hidden, true),
        TensorSlot.ABSENT,
        Blueprint.weight(outer, layer, width, true),
        TensorSlot.ABSENT);
  }

  @Override
  public List<LinearSite> sites(int layer, int hidden, int first) {
    List<LinearSite> sites = new ArrayList<>();
    for (int expert = 0; expert < count; expert++) {
      Linear inner = inner(layer, expert);
      Linear outer = outer(layer, expert, hidden);
      sites.add(site(first, 2 * width * expert, inner, hidden));
      sites.add(site(first + 2, hidden * expert, outer, width));
    }
    return sites;
  }

  private static LinearSite site(int weight, int row, Linear linear, int columns) {
    return new LinearSite(
        weight, row, linear.modules(), linear.rows(), columns, Arrangement.PLAIN, true, false);
  }

  private Linear inner(int layer, int expert) {
    List<String> modules =
        List.of(module(layer, expert, names.get(0)), module(layer, expert, names.get(1)));
    return new Linear(modules, List.of(width, width), Arrangement.PLAIN, false);
  }

  private Linear outer(int layer, int expert, int hidden) {
    return Linear.of(module(layer, expert, names.get(2)), hidden, false);
  }

  private String module(int layer, int expert, String name) {
    return Blueprint.at(prefix, layer) + expert + "." + name;
  }
}
