package dev.palimpsest.decoder.packing;

import dev.palimpsest.decoder.kernel.Kernel;
import dev.palimpsest.decoder.kernel.NativeEngine;
import dev.palimpsest.inference.DecoderException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Runs forward passes side by side over one copy of the weights, each on one thread.
 *
 * <p>Passes need not wait for one another, as the threads within one operation must: two lanes do
 * almost twice the work, and lose little where other programs use the same cores. A lane keeps a
 * shared prefix of its own. Work that is one pass only runs in the calling thread, with as many
 * threads per operation as there are lanes.
 */
public final class Lanes implements AutoCloseable {
  private final List<SharedPrefix> prefixes;
  private final ExecutorService threads;

  /** Opens lanes for work that shares no prefix, or for a model that is the same at all lengths. */
  public Lanes(Kernel kernel, int count) {
    this(kernel, count, Regimes.ONE);
  }

  /**
   * Opens lanes.
   *
   * @param count at least 1
   * @param regimes lengths that are computed apart
   */
  public Lanes(Kernel kernel, int count, Regimes regimes) {
    this.prefixes = Stream.generate(() -> new SharedPrefix(kernel, regimes)).limit(count).toList();
    this.threads = Executors.newFixedThreadPool(count, Lanes::daemon);
  }

  private static Thread daemon(Runnable task) {
    Thread thread =
        new Thread(
            () -> {
              NativeEngine.useThreads(1);
              task.run();
            },
            "lane");
    thread.setDaemon(true);
    return thread;
  }

  /** Returns the number of lanes. */
  int count() {
    return prefixes.size();
  }

  /** A piece of work that may use the lane's shared prefix. */
  interface Pass extends Consumer<SharedPrefix> {}

  /**
   * Runs passes and waits for all of them, also after a failure, as native memory is in use.
   *
   * @throws DecoderException if the calling thread is interrupted
   * @throws RuntimeException the first failure of a pass; passes not begun by then are left out
   */
  void run(List<? extends Pass> passes) {
    if (passes.size() > 1 && count() > 1) {
      new Run(passes).await();
    } else {
      runHere(passes);
    }
  }

  private void runHere(List<? extends Pass> passes) {
    NativeEngine.useThreads(count());
    for (Pass pass : passes) {
      Cancellation.check();
      pass.accept(prefixes.get(0));
    }
  }

  /** One list of passes on its way. */
  private final class Run {
    private final List<? extends Pass> passes;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicReference<RuntimeException> failure = new AtomicReference<>();
    private final Set<Thread> workers = ConcurrentHashMap.newKeySet();
    private final CountDownLatch busy = new CountDownLatch(count());

    Run(List<? extends Pass> passes) {
      this.passes = passes;
    }

    void await() {
      prefixes.forEach(prefix -> threads.execute(() -> work(prefix)));
      for (boolean ended = false; !ended; ) {
        try {
          busy.await();
          ended = true;
        } catch (InterruptedException e) {
          failure.compareAndSet(null, Cancellation.stopped());
          workers.forEach(Thread::interrupt);
        }
      }
      if (failure.get() != null) {
        throw failure.get();
      }
    }

    @SuppressWarnings("CatchingUnchecked") // whatever happens, the caller hears of it
    private void work(SharedPrefix prefix) {
      workers.add(Thread.currentThread());
      try {
        for (int i = take(); i < passes.size(); i = take()) {
          Cancellation.check();
          passes.get(i).accept(prefix);
        }
      } catch (RuntimeException e) {
        failure.compareAndSet(null, e);
      } catch (Error e) {
        failure.compareAndSet(null, new DecoderException("The decoder broke down: " + e, e));
      } finally {
        busy.countDown();
      }
    }

    private int take() {
      return failure.get() == null ? next.getAndIncrement() : passes.size();
    }
  }

  @Override
  public void close() {
    threads.shutdown();
    prefixes.forEach(SharedPrefix::close);
  }
}
