package dev.palimpsest.inference;

/** Loads two models to be run side by side: in this process or in a worker process. */
@FunctionalInterface
public interface PairLoader {
  /**
   * Loads both; the caller closes the runner.
   *
   * @throws DecoderException if they do not go together, or {@link
   *     dev.palimpsest.checkpoint.CheckpointException} if one cannot be loaded
   */
  PairRunner load(PairSpec spec);
}
