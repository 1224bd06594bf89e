package dev.palimpsest.decoder.family;

/** How a weight lies in the checkpoint's file, as opposed to [outputs, inputs]. */
public enum Arrangement {
  /** Outputs by inputs. */
  PLAIN,
  /** Inputs by outputs. */
  TRANSPOSED,
  /** Query, key and value of one head after the other, head by head. */
  HEAD_BY_HEAD
}
