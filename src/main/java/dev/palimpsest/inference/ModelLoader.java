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
}
