package dev.palimpsest.decoder.family;

/** How a weight lies in the checkpoint's file, as opposed to [outputs, inputs]. */
public enum Arrangement {
  /** Outputs by inputs. */
  PLAIN,
  /** Inputs by outputs. */
  TRANSPOSED,
  /**
   * For each key head the queries that share it, the key and the value, one head after the other.
   */
  HEAD_BY_HEAD,
  /** Inputs by outputs, expert by expert. */
  TRANSPOSED_BY_EXPERT,
  /** Outputs by inputs, expert by expert, a gate's row before each other row. */
  PAIRED,
  /** Inputs by outputs, expert by expert, a gate's column before each other column. */
  PAIRED_TRANSPOSED;

  /** Tells whether inputs come before outputs. */
  boolean isTransposed() {
    return this == TRANSPOSED || this == TRANSPOSED_BY_EXPERT || this == PAIRED_TRANSPOSED;
  }
}
