package dev.palimpsest.checkpoint.quantised;

import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.tensor.StoredTensor;
import dev.palimpsest.checkpoint.tensor.TensorSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One way of storing a weight in several tensors. */
interface QuantisedFormat {
  /** Returns the weight that a tensor of this name announces, for example {@code a.b.weight}. */
  Optional<String> weightOf(String tensor);

  /** Returns the names of all tensors that may make up a weight. */
  List<String> parts(String weight);

  /**
   * Joins a weight.
   *
   * @throws CheckpointException if its parts are missing or do not fit each other
   */
  TensorSource join(Map<String, StoredTensor> tensors, String weight);

  /** Returns the text before a suffix, if the text ends with it. */
  static Optional<String> before(String suffix, String text) {
    return text.endsWith(suffix)
        ? Optional.of(text.substring(0, text.length() - suffix.length()))
        : Optional.empty();
  }
}
