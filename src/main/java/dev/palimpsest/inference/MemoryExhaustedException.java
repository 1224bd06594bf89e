package dev.palimpsest.inference;

/** The device's memory does not hold a batch; a smaller one may fit. */
public final class MemoryExhaustedException extends DecoderException {
  public MemoryExhaustedException(Throwable cause) {
    super(
        "Memory ran out during inference; use a smaller --batch-size, bfloat16, or a machine with"
            + " more memory.",
        cause);
  }
}
