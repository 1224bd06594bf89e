package dev.palimpsest.decoder.family;

import java.util.List;
import java.util.Objects;

/**
 * One or several linear modules of a checkpoint that the kernel computes as one.
 *
 * @param modules names, "{}" standing for the layer; empty if the model has none
 * @param rows output width of each module
 * @param arrangement how the weights lie in the file
 * @param bias whether the modules have biases
 */
public record Linear(
    List<String> modules, List<Integer> rows, Arrangement arrangement, boolean bias) {
  /** A linear layer that is not there. */
  static final Linear NONE = new Linear(List.of(), List.of(), Arrangement.PLAIN, false);

  public Linear {
    modules = List.copyOf(modules);
    rows = List.copyOf(rows);
    Objects.requireNonNull(arrangement, "arrangement is null");
    if (modules.size() != rows.size()) {
      throw new IllegalArgumentException("a width is needed for each module");
    }
  }

  /** Returns one plain module. */
  static Linear of(String module, int rows, boolean bias) {
    return new Linear(List.of(module), List.of(rows), Arrangement.PLAIN, bias);
  }

  /** Returns the same modules with another arrangement. */
  Linear arranged(Arrangement other) {
    return new Linear(modules, rows, other, bias);
  }

  /** Returns the output width of all modules together. */
  int width() {
    return rows.stream().mapToInt(Integer::intValue).sum();
  }
}
