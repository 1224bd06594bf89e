package dev.palimpsest.decoder.packing;

import dev.palimpsest.decoder.kernel.Hidden;
import dev.palimpsest.decoder.kernel.Kernel;
import dev.palimpsest.decoder.kernel.Model;

/** One of two models that are run side by side; their kernels may be one. */
public record Side(Kernel kernel, Model model) {
  Hidden hidden(int[] ids, int[] rows) {
    RowBuilder row = new RowBuilder(0);
    row.addPrompt(ids, 0, 0, ids.length);
    return kernel.hidden(model, row.build(), rows);
  }
}
