package dev.palimpsest.inference;

import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Loads the model that is going to be asked for while other things are still found out about it, so
 * that nobody waits for both one after the other. Threads may share it.
 */
public final class LoadAhead implements ModelLoader, AutoCloseable {
  private final ModelLoader loader;
  private ModelSpec expected;
  private CompletableFuture<ModelRunner> loading;

  /**
   * Creates a loader that loads as another one does.
   *
   * @param loader loads, on a thread of its own where it is ahead
   */
  public LoadAhead(ModelLoader loader) {
    this.loader = Objects.requireNonNull(loader, "loader is null");
  }

  /** Begins to load a model, unless one is being loaded ahead; a failure is told when it is due. */
  public synchronized void expect(ModelSpec spec) {
    if (loading != null) {
      return;
    }
    CompletableFuture<ModelRunner> ahead = new CompletableFuture<>();
    Thread thread = new Thread(() -> load(spec, ahead), "load-ahead");
    thread.setDaemon(true);
    expected = spec;
    loading = ahead;
    thread.start();
  }

  /** Returns the model that was expected, or loads another once that one is gone from memory. */
  @Override
  public ModelRunner load(ModelSpec spec) {
    Optional<CompletableFuture<ModelRunner>> ahead = take();
    if (ahead.isEmpty()) {
      return loader.load(spec);
    }
    if (spec.equals(expected)) {
      return loaded(ahead.get());
    }
    ahead.get().handle(LoadAhead::closed).join();
    return loader.load(spec);
  }

  @Override
  public PairLoader pairs() {
    return loader.pairs();
  }

  /** Closes a model that nobody asked for, as soon as it is loaded. */
  @Override
  public void close() {
    take()
        .ifPresent(
            ahead -> {
              CompletableFuture<Boolean> unused = ahead.handle(LoadAhead::closed);
            });
  }

  private synchronized Optional<CompletableFuture<ModelRunner>> take() {
    Optional<CompletableFuture<ModelRunner>> ahead = Optional.ofNullable(loading);
    loading = null;
    return ahead;
  }

  @SuppressWarnings("CatchingUnchecked") // whoever asks for the model hears of it
  private void load(ModelSpec spec, CompletableFuture<ModelRunner> ahead) {
    try {
      ahead.complete(loader.load(spec));
    } catch (RuntimeException | Error e) {
      ahead.completeExceptionally(e);
    }
  }

  private static ModelRunner loaded(CompletableFuture<ModelRunner> ahead) {
    try {
      return ahead.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new DecoderException("The model could not be loaded; try again.", e);
    }
  }

  private static boolean closed(ModelRunner model, Throwable failure) {
    if (model != null) {
      model.close();
    }
    return failure == null;
  }
}
