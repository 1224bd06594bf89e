package dev.palimpsest;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Something that is made beside what the caller does, on a daemon thread of its own, and taken when
 * it is needed.
 */
public final class Meanwhile<T> {
  private static final Logger log = LoggerFactory.getLogger(Meanwhile.class);

  private final CompletableFuture<T> made = new CompletableFuture<>();

  private Meanwhile() {}

  /** Begins to make something on a thread of that name. */
  public static <T> Meanwhile<T> begin(String name, Supplier<T> work) {
    Meanwhile<T> meanwhile = new Meanwhile<>();
    Thread thread = new Thread(() -> meanwhile.make(work), name);
    thread.setDaemon(true);
    thread.start();
    return meanwhile;
  }

  /** Makes something ready for whoever asks later; a failure is logged, and nobody waits. */
  public static void run(String name, Runnable work) {
    Supplier<Boolean> logged =
        () -> {
          try {
            work.run();
            return true;
          } catch (RuntimeException failure) {
            log.warn("{} could not be made ready ahead of time", name, failure);
            return false;
          }
        };
    begin(name, logged);
  }

  /** Returns what was made, waiting for it; fails as the making did. */
  public T await() {
    try {
      return made.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e.getCause() instanceof RuntimeException failure ? failure : e;
    }
  }

  /** Hands over what was made as soon as it is, without waiting; nothing where it failed. */
  public void whenMade(Consumer<T> taker) {
    CompletableFuture<Void> unused = made.thenAccept(taker);
  }

  private void make(Supplier<T> work) {
    try {
      made.complete(work.get());
    } catch (RuntimeException | Error failure) {
      made.completeExceptionally(failure);
    }
  }
}
