package dev.palimpsest.decoder.weights;

import dev.palimpsest.decoder.family.LinearSite;
import java.util.List;

/**
 * The low-rank parts of modules that the kernel computes as one layer.
 *
 * <p>The inner widths lie side by side: {@code down} stacks the modules' matrices and {@code up}
 * has them as blocks along its diagonal.
 */
record FusedLora(int rank, float[] down, float[] up) {
  static FusedLora of(LinearSite site, List<LoraFactors> modules) {
    int rank = modules.stream().mapToInt(LoraFactors::rank).sum();
    int height = site.height();
    float[] down = new float[rank * site.columns()];
    float[] up = new float[height * rank];
    int inner = 0;
    int row = 0;
    for (int m = 0; m < modules.size(); m++) {
      LoraFactors module = modules.get(m);
      int rows = site.rows().get(m);
      System.arraycopy(module.down(), 0, down, inner * site.columns(), module.down().length);
      for (int r = 0; r < rows && module.rank() > 0; r++) {
        int target = (row + r) * rank + inner;
        System.arraycopy(module.up(), r * module.rank(), up, target, module.rank());
      }
      inner += module.rank();
      row += rows;
    }
    return new FusedLora(rank, down, up);
  }
}
