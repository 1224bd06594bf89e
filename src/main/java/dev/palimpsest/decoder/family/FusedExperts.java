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

  /** They are no modules, so that an adapter cannot name them. */
  @Override
  public List<LinearSite> sites(int layer, int hidden, int first) {
    return List.of();
  }
}
