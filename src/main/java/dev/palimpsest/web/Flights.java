package dev.palimpsest.web;

import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Work that is done once for all who ask for it at the same time; nothing is kept afterwards. */
final class Flights<V> {
  private final ConcurrentMap<String, FutureTask<V>> under = new ConcurrentHashMap<>();

  /** Does the work, or waits for whoever is doing it; a failure is everybody's. */
  V join(String key, Callable<V> work) {
    FutureTask<V> mine = new FutureTask<>(work);
    FutureTask<V> first = under.putIfAbsent(key, mine);
    if (first == null) {
      try {
        mine.run();
      } finally {
        under.remove(key, mine);
      }
    }
    return result(first == null ? mine : first);
  }

  private V result(FutureTask<V> task) {
    try {
      return task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for another reader's report", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
