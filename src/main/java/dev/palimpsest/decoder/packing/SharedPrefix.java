package dev.palimpsest.decoder.packing;

import dev.palimpsest.decoder.kernel.Kernel;
import dev.palimpsest.decoder.kernel.Model;
import dev.palimpsest.decoder.kernel.Prefix;
import dev.palimpsest.decoder.kernel.Tensors;

/** Computes keys and values of a prefix that many prompts share. */
final class SharedPrefix {
  private SharedPrefix() {}

  /**
   * Returns a cache that holds the prefix and has room for a prompt after it.
   *
   * @param longest tokens of the longest prompt after the prefix
   */
  static Tensors fill(Kernel kernel, Model model, int[] prefix, int longest) {
    Tensors cache = kernel.cache(1, prefix.length + longest);
    try {
      RowBuilder row = new RowBuilder(0);
      row.addPrompt(prefix, 0, 0);
      kernel.prefill(model, row.build(), cache, new Prefix(kernel.nothing(), 0));
      return cache;
    } catch (RuntimeException e) {
      cache.close();
      throw e;
    }
  }
}
