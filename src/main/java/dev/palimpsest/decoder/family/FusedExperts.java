package dev.palimpsest.decoder.family;

import java.util.List;

/**
 * Experts in one tensor, as gpt-oss has them; gate and inner layer alternate.
 *
 * @param count number of experts
 * @param width width inside each
 * @param prefix module path, "{}" standing for the layer
 * @param blocks whether the weights are stored in the blocks of MXFP4, outputs by inputs; else they
 *     are inputs by outputs
 */
record FusedExperts(int count, int width, String prefix, boolean blocks) implements ExpertWeights {
  @Override
  public void addTo(Slots slots, int layer, int hidden) {
    String module = Blueprint.at(prefix, layer);
    String suffix = blocks ? "_blocks" : "";
    Arrangement inner = blocks ? Arrangement.PAIRED : Arrangement.PAIRED_TRANSPOSED;
    Arrangement outer = blocks ? Arrangement.PLAIN : Arrangement.TRANSPOSED_BY_EXPERT;
    slots.add(
        WeightPart.EXPERTS_UP,
        layer,
        slot(module + "gate_up_proj" + suffix, 2 * width, hidden, inner));
    slots.addBias(
        WeightPart.EXPERTS_UP,
        layer,
        slot(module + "gate_up_proj_bias", 2 * width, 0, Arrangement.PAIRED));
    slots.add(
        WeightPart.EXPERTS_DOWN, layer, slot(module + "down_proj" + suffix, hidden, width, outer));
    slots.addBias(
        WeightPart.EXPERTS_DOWN,
        layer,
        slot(module + "down_proj_bias", hidden, 0, Arrangement.PLAIN));
  }

  private TensorSlot slot(String name, int rows, int columns, Arrangement arrangement) {
    return new TensorSlot(
        List.of(name), List.of(count * rows), columns, true, arrangement, false, count);
  }

  /** They are no modules; an adapter may name the parameters. */
  @Override
  public void addTo(Sites sites, int layer, int hidden) {
    for (int expert = 0; expert < count; expert++) {
      LinearSite.Expert inner = part(layer, "gate_up_proj", expert, true);
      LinearSite.Expert outer = part(layer, "down_proj", expert, false);
      Linear up = linear(inner, List.of("gate", "up"), List.of(width, width));
      sites.add(WeightPart.EXPERTS_UP, layer, up, hidden, inner);
      Linear down = linear(outer, List.of("down"), List.of(hidden));
      sites.add(WeightPart.EXPERTS_DOWN, layer, down, width, outer);
    }
  }

  private LinearSite.Expert part(int layer, String name, int expert, boolean alternate) {
    return new LinearSite.Expert(Blueprint.at(prefix, layer) + name, expert, count, alternate);
  }

  private static Linear linear(LinearSite.Expert expert, List<String> names, List<Integer> rows) {
    String path = expert.parameter() + "[" + expert.number() + "].";
    return new Linear(names.stream().map(path::concat).toList(), rows, Arrangement.PLAIN, false);
  }
}
