package dev.palimpsest.inference;

import dev.palimpsest.Meanwhile;
import java.util.Objects;
import java.util.Optional;

/**
 * Loads the model that is going to be asked for while other things are still found out about it, so
 * that nobody waits for both one after the other. Threads may share it.
 */
public final class LoadAhead implements ModelLoader, AutoCloseable {
  private final ModelLoader loader;
  private Expected expected;

  /**
   * Creates a loader that loads as another one does.
   *
   * @param loader loads, on a thread of its own where it is ahead
   */
  public LoadAhead(ModelLoader loader) {
    this.loader = Objects.requireNonNull(loader, "loader is null");
  }

  /** A model that is being loaded. */
  private record Expected(ModelSpec spec, Meanwhile<ModelRunner> model) {
    /** Waits until it is gone from memory; that it could not be loaded is nothing to tell. */
    void leave() {
      try {
        model.await().close();
      } catch (RuntimeException | Error unasked) {
        // Nobody asked for the model.
      }
    }
  }

  /** Begins to load a model, unless one is being loaded ahead; a failure is told when it is due. */
  public synchronized void expect(ModelSpec spec) {
    if (expected == null) {
      expected = new Expected(spec, Meanwhile.begin("load-ahead", () -> loader.load(spec)));
    }
  }

  /** Returns the model that was expected, or loads another once that one is gone from memory. */
  @Override
  public ModelRunner load(ModelSpec spec) {
    Optional<Expected> ahead = take();
    if (ahead.isPresent() && ahead.get().spec().equals(spec)) {
      return ahead.get().model().await();
    }
    ahead.ifPresent(Expected::leave);
    return loader.load(spec);
  }

  @Override
  public PairLoader pairs() {
    return loader.pairs();
  }

  /** Closes a model that nobody asked for, as soon as it is loaded. */
  @Override
  public void close() {
    take().ifPresent(ahead -> ahead.model().whenMade(ModelRunner::close));
  }

  private synchronized Optional<Expected> take() {
    Optional<Expected> ahead = Optional.ofNullable(expected);
    expected = null;
    return ahead;
  }
}
