package dev.palimpsest.decoder.packing;

import dev.palimpsest.decoder.kernel.Kernel;
import dev.palimpsest.decoder.kernel.Model;
import dev.palimpsest.decoder.kernel.Prefix;
import dev.palimpsest.decoder.kernel.Tensors;
import java.util.Arrays;

/**
 * Keys and values of a prefix that many prompts share, computed once.
 *
 * <p>The last one is kept, so that work which comes in many small calls shares it too. A call may
 * use a kept prefix that is a little shorter than what its own prompts have in common.
 */
public final class SharedPrefix implements AutoCloseable {
  /** Room after the prefix that is allocated at least, so that later prompts fit as well. */
  private static final int ROOM = 512;

  /** The least share of the common tokens that a kept prefix should cover to be used again. */
  private static final double COVERED = 0.75;

  private final Kernel kernel;
  private final Regimes regimes;
  private int regime;
  private Model model;
  private int[] ids = {};
  private int columns;
  private Tensors cache;

  /** Creates a holder without a prefix. */
  public SharedPrefix(Kernel kernel, Regimes regimes) {
    this.regimes = regimes;
    this.kernel = kernel;
  }

  /** Returns the absence of a prefix. */
  Prefix none() {
    return new Prefix(kernel.nothing(), 0);
  }

  /**
   * Returns a prefix of prompts that begin alike; it is valid until the next call.
   *
   * @param prompt one of them
   * @param common how many tokens the prompts begin with in common, less than any prompt's length;
   *     0 for no prefix
   * @param room most tokens that follow the common ones in a prompt's row
   * @param length of one of the whole sequences, which are in one regime
   */
  Prefix of(Model wanted, int[] prompt, int common, int room, int length) {
    if (common == 0) {
      return none();
    }
    int[] shared = Arrays.copyOf(prompt, common);
    if (regimes.of(length) != regime || !covers(wanted, shared, common + room)) {
      replace(wanted, shared, common + Math.max(room, ROOM), length);
    }
    return new Prefix(cache, ids.length);
  }

  private boolean covers(Model wanted, int[] shared, int needed) {
    return wanted.equals(model)
        && needed <= columns
        && ids.length <= shared.length
        && ids.length >= COVERED * shared.length
        && Arrays.equals(ids, Arrays.copyOf(shared, ids.length));
  }

  private void replace(Model wanted, int[] prefix, int width, int length) {
    close();
    cache = kernel.cache(1, width);
    RowBuilder row = new RowBuilder(0);
    row.addPrompt(prefix, 0, 0, length);
    kernel.prefill(wanted, row.build(), cache, none());
    model = wanted;
    ids = prefix;
    regime = regimes.of(length);
    columns = width;
  }

  @Override
  public void close() {
    ids = new int[0];
    model = null;
    columns = 0;
    if (cache != null) {
      cache.close();
      cache = null;
    }
  }
}
