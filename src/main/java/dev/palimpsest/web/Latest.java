package dev.palimpsest.web;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Hands values to one who may be slow: one at a time, and of those that came meanwhile only the
 * newest. Who offers never waits.
 */
final class Latest<T> {
  private final Executor executor;
  private final Consumer<T> consumer;
  private final AtomicReference<T> waiting = new AtomicReference<>();
  private final AtomicBoolean busy = new AtomicBoolean();

  /**
   * Makes one for a consumer.
   *
   * @param executor has a thread to spare however many consumers hang
   * @param consumer must not throw
   */
  Latest(Executor executor, Consumer<T> consumer) {
    this.executor = executor;
    this.consumer = consumer;
  }

  /** Leaves a value for the consumer, in place of one that it has not begun with. */
  void offer(T value) {
    waiting.set(value);
    if (busy.compareAndSet(false, true)) {
      executor.execute(this::hand);
    }
  }

  /** Tells whether the consumer has taken everything. */
  boolean isIdle() {
    return !busy.get();
  }

  private void hand() {
    do {
      for (T value = waiting.getAndSet(null); value != null; value = waiting.getAndSet(null)) {
        consumer.accept(value);
      }
      busy.set(false);
      // A value that came between the last look and this line finds nobody at work.
    } while (waiting.get() != null && busy.compareAndSet(false, true));
  }
}
