package dev.palimpsest.decoder.packing;

import dev.palimpsest.inference.MemoryExhaustedException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs batches in halves, and halves of these, where memory does not hold them whole.
 *
 * <p>What did not fit once is not tried again: later batches are cut to the size that did. Threads
 * may share it.
 */
final class Halving {
  private static final Logger LOG = LoggerFactory.getLogger(Halving.class);

  private final AtomicInteger most = new AtomicInteger(Integer.MAX_VALUE);

  /**
   * Runs work on all rows, in order.
   *
   * @throws MemoryExhaustedException if not even one row fits
   */
  <T> void run(List<T> rows, Consumer<List<T>> work) {
    if (rows.size() > most.get()) {
      halves(rows, work);
      return;
    }
    try {
      work.accept(rows);
    } catch (MemoryExhaustedException e) {
      if (rows.size() == 1) {
        throw e;
      }
      int half = (rows.size() + 1) / 2;
      LOG.info("Memory ran out with a batch of {}; going on with {}", rows.size(), half);
      most.accumulateAndGet(half, Math::min);
      halves(rows, work);
    }
  }

  private <T> void halves(List<T> rows, Consumer<List<T>> work) {
    int half = (rows.size() + 1) / 2;
    run(rows.subList(0, half), work);
    run(rows.subList(half, rows.size()), work);
  }
}
