package dev.palimpsest.worker;

import dev.palimpsest.inference.ModelLoader;
import dev.palimpsest.inference.ModelRunner;
import dev.palimpsest.inference.ModelSpec;
import java.util.Objects;

/**
 * Loads models in worker processes.
 *
 * @param options of each worker
 * @param count workers per model, at least 1
 */
public record WorkerLoader(WorkerOptions options, int count) implements ModelLoader {
  public WorkerLoader {
    Objects.requireNonNull(options, "options is null");
    if (count < 1) {
      throw new IllegalArgumentException("count < 1");
    }
  }

  /** Returns a loader that uses one worker with one thread per operation. */
  public static WorkerLoader standard() {
    return new WorkerLoader(WorkerOptions.withThreads(1), 1);
  }

  /** Returns what loads two models side by side, in one worker of the same kind. */
  @Override
  public WorkerPairLoader pairs() {
    return new WorkerPairLoader(options);
  }

  @Override
  public ModelRunner load(ModelSpec spec) {
    return count == 1 ? WorkerRunner.start(spec, options) : WorkerPool.start(spec, options, count);
  }
}
