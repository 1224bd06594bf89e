package dev.palimpsest.decoder.weights;

import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.tensor.TensorStore;
import dev.palimpsest.decoder.family.Arrangement;

/** Tensors by name, as float32. */
public interface TensorSource {
  /** Tells whether there is a tensor of the name. */
  boolean has(String name);

  /** Returns a tensor's dimensions, outermost first. */
  long[] shape(String name);

  /**
   * Returns how a tensor lies in the file.
   *
   * @param usual how tensors of its name do
   */
  Arrangement arrangement(String name, Arrangement usual);

  /** Visits a tensor's numbers row by row, a piece at a time. */
  void scan(String name, TensorStore.Visitor visitor);

  /** Returns the file or folder, for failures. */
  String name();

  /** Returns the failure for a tensor that a model needs and that is not there. */
  default CheckpointException missing(String tensor) {
    return new CheckpointException(
        name(),
        "the tensor "
            + tensor
            + " is missing; the weights and config.json do not belong together.");
  }
}
