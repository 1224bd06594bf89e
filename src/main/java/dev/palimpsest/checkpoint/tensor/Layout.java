package dev.palimpsest.checkpoint.tensor;

/** How the weights of a checkpoint lie, as opposed to how their family's own files have them. */
public enum Layout {
  /** As in the family's files. */
  OF_FAMILY,
  /** Outputs by inputs, though the family's files may have them the other way. */
  OUTPUTS_FIRST,
  /** Outputs by inputs; queries before keys before values, gates before the inner layer. */
  PLAIN
}
