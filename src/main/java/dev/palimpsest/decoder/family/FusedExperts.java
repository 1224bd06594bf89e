package dev.palimpsest.decoder.family;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
  public List<TensorSlot> slots(int layer, int hidden) {
    String module = Blueprint.at(prefix, layer);
    String suffix = blocks ? "_blocks" : "";
    Arrangement inner = blocks ? Arrangement.PAIRED : Arrangement.PAIRED_TRANSPOSED;
    Arrangement outer = blocks ? Arrangement.PLAIN : Arrangement.TRANSPOSED_BY_EXPERT;
    return List.of(
        slot(module + "gate_up_proj" + suffix, 2 * width, hidden, inner),
        slot(module + "gate_up_proj_bias", 2 * width, 0, Arrangement.PAIRED),
        slot(module + "down_proj" + suffix, hidden, width, outer),
        slot(module + "down_proj_bias", hidden, 0, Arrangement.PLAIN));
  }

  private TensorSlot slot(String name, int rows, int columns, Arrangement arrangement) {
    return new TensorSlot(
        List.of(name), List.of(count * rows), columns, true, arrangement, false, count);
  }

  /** They are no modules; an adapter may name the parameters. */
  @Override
  public List<LinearSite> sites(int layer, int hidden, int first) {
    List<LinearSite> sites = new ArrayList<>();
    for (int expert = 0; expert < count; expert++) {
      LinearSite.Expert inner = part(layer, "gate_up_proj", expert, true);
      LinearSite.Expert outer = part(layer, "down_proj", expert, false);
      int row = 2 * width * expert;
      sites.add(site(first, row, List.of("gate", "up"), List.of(width, width), hidden, inner));
      sites.add(site(first + 2, hidden * expert, List.of("down"), List.of(hidden), width, outer));
    }
    return sites;
  }

  private LinearSite.Expert part(int layer, String name, int expert, boolean alternate) {
    return new LinearSite.Expert(Blueprint.at(prefix, layer) + name, expert, count, alternate);
  }

  private static LinearSite site(
      int weight,
      int row,
      List<String> names,
      List<Integer> rows,
      int columns,
      LinearSite.Expert expert) {
    String path = expert.parameter() + "[" + expert.number() + "].";
    List<String> modules = names.stream().map(path::concat).toList();
    return new LinearSite(
        weight, row, modules, rows, columns, Arrangement.PLAIN, true, false, Optional.of(expert));
  }
}
