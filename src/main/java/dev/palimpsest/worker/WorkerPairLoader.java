package dev.palimpsest.worker;

import dev.palimpsest.inference.PairLoader;
import dev.palimpsest.inference.PairRunner;
import dev.palimpsest.inference.PairSpec;
import java.util.Objects;

/**
 * Loads two models side by side in a worker process.
 *
 * @param options of the worker
 */
public record WorkerPairLoader(WorkerOptions options) implements PairLoader {
  public WorkerPairLoader {
    Objects.requireNonNull(options, "options is null");
  }

  @Override
  public PairRunner load(PairSpec spec) {
    return WorkerPairRunner.start(spec, options);
  }
}
