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
  private static final String GATE_UP = "gate_up_proj";
  private static final String DOWN = "down_proj";

  SeparateExperts {
    names = List.copyOf(names);
  }

  @Override
  public void addTo(Slots slots, int layer, int hidden) {
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
    slots.addLinear(WeightPart.EXPERTS_UP, layer, inner, hidden, true);
    slots.addLinear(WeightPart.EXPERTS_DOWN, layer, outer, width, true);
  }

  @Override
  public void addTo(Sites sites, int layer, int hidden) {
    for (int expert = 0; expert < count; expert++) {
      LinearSite.Expert up = part(layer, GATE_UP, expert);
      sites.add(WeightPart.EXPERTS_UP, layer, inner(layer, expert), hidden, up);
      LinearSite.Expert down = part(layer, DOWN, expert);
      sites.add(WeightPart.EXPERTS_DOWN, layer, outer(layer, expert, hidden), width, down);
    }
  }

  /** transformers 5 joins the experts of a layer in parameters, and its adapters name those. */
  private LinearSite.Expert part(int layer, String name, int expert) {
    String parameter = Blueprint.at(Llama.MLP, layer) + "experts." + name;
    return new LinearSite.Expert(parameter, expert, count, false);
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
