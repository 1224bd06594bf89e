package dev.palimpsest.inference;

/** Loads checkpoints: in this process, in a worker process, or on another machine. */
@FunctionalInterface
public interface ModelLoader {
  /**
   * Loads a base checkpoint and its adapters; the caller closes the runner.
   *
   * @throws DecoderException or {@link dev.palimpsest.checkpoint.CheckpointException} with a
   *     sentence if they cannot be loaded
   */
  ModelRunner load(ModelSpec spec);

  /** Returns what loads two models side by side, where this loader's models are loaded. */
  default PairLoader pairs() {
    return spec -> {
      throw new DecoderException("Two models side by side are loaded in worker processes only.");
    };
  }
}
