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
    if (modules.stream().allMatch(m -> m.magnitude().length == 0)) {
      return new float[0];
    }
    if (site.embedding()) {
      return modules.get(0).magnitude();
    }
    float[] magnitudes = new float[site.rows().stream().mapToInt(Integer::intValue).sum()];
    int row = 0;
    for (int m = 0; m < modules.size(); m++) {
      float[] magnitude = modules.get(m).magnitude();
      for (int r : Turns.fileRows(site.arrangement(), site.rows().get(m), sizes)) {
        magnitudes[row++] = magnitude.length == 0 ? Float.NaN : magnitude[r];
      }
    }
    return magnitudes;
  }

  /** Returns magnitude over norm, and 1 where there is no magnitude. */
  float[] scales(LinearSite site, float[] magnitudes, Weight weight, Weight down, Weight up) {
    float[] scales =
        site.embedding()
            ? kernel.columnNorms(weight, down, up)
            : kernel.rowNorms(weight, site.row(), down, up);
    scales = Arrays.copyOf(scales, magnitudes.length);
    for (int i = 0; i < scales.length; i++) {
      scales[i] = Float.isNaN(magnitudes[i]) ? 1 : magnitudes[i] / scales[i];
    }
    return scales;
  }
}
