package dev.palimpsest.inference;

/** Opens encoders. Tokenizers are native code, so an application opens them in another process. */
@FunctionalInterface
public interface EncoderLoader {
  /**
   * Opens the tokenizers and chat templates that a spec asks for; weights are not read.
   *
   * @throws DecoderException or {@link dev.palimpsest.checkpoint.CheckpointException} with a
   *     sentence if they cannot be opened
   */
  Encoder open(ModelSpec spec);
}
