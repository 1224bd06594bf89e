package dev.palimpsest.decoder.weights;

import dev.palimpsest.decoder.family.LinearSite;
import dev.palimpsest.decoder.family.Sizes;
import dev.palimpsest.decoder.kernel.Kernel;
import dev.palimpsest.decoder.kernel.Weight;
import java.util.Arrays;
import java.util.List;

/**
 * The output scales of weight-decomposed adapters (DoRA): a learned magnitude over the norm of W +
 * B A, for each output.
 */
final class OutputScales {
  private final Kernel kernel;
  private final Sizes sizes;

  OutputScales(Kernel kernel, Sizes sizes) {
    this.kernel = kernel;
    this.sizes = sizes;
  }

  /**
   * Returns the magnitudes of a layer in the order of the kernel's outputs, NaN for a module beside
   * decomposed ones that is not; empty if none is.
   */
  float[] magnitudes(LinearSite site, List<LoraFactors> modules) {
    return site.isEmbedding()
        ? modules.get(0).magnitude()
        : inOrder(site, modules.stream().map(LoraFactors::magnitude).toList(), Float.NaN);
  }

  /** Returns what a layer adds to its outputs, in the kernel's order; empty if it adds nothing. */
  float[] biases(LinearSite site, List<LoraFactors> modules) {
    return inOrder(site, modules.stream().map(LoraFactors::bias).toList(), 0);
  }

  private float[] inOrder(LinearSite site, List<float[]> modules, float absent) {
    if (modules.stream().allMatch(values -> values.length == 0)) {
      return new float[0];
    }
    float[] all = new float[site.height()];
    int row = 0;
    for (int m = 0; m < modules.size(); m++) {
      float[] values = modules.get(m);
      for (int r : Rearrangements.fileRows(site.arrangement(), site.rows().get(m), sizes)) {
        all[row++] = values.length == 0 ? absent : values[r];
      }
    }
    return all;
  }

  /** Returns magnitude over norm, and 1 where there is no magnitude. */
  float[] scales(LinearSite site, float[] magnitudes, Weight weight, Weight down, Weight up) {
    float[] scales =
        site.isEmbedding()
            ? kernel.columnNorms(weight, down, up)
            : kernel.rowNorms(weight, site.row(), down, up);
    scales = Arrays.copyOf(scales, magnitudes.length);
    for (int i = 0; i < scales.length; i++) {
      scales[i] = Float.isNaN(magnitudes[i]) ? 1 : magnitudes[i] / scales[i];
    }
    return scales;
  }
}
