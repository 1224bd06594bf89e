package dev.palimpsest.decoder.family;

import java.util.List;
import java.util.Objects;

/**
 * A place where an adapter may add to a linear layer.
 *
 * @param weight index of the layer's weight among the slots
 * @param row first of the layer's rows in that weight
 * @param modules names of the modules that make up the layer
 * @param rows output width of each
 * @param columns input width of all
 * @param arrangement how the base weights lie in the file
 * @param narrow whether it computes in the layers' type, else in float32
 * @param embedding whether it is looked up by token instead of multiplied
 */
public record LinearSite(
    int weight,
    int row,
    List<String> modules,
    List<Integer> rows,
    int columns,
    Arrangement arrangement,
    boolean narrow,
    boolean embedding) {
  public LinearSite {
    modules = List.copyOf(modules);
    rows = List.copyOf(rows);
    Objects.requireNonNull(arrangement, "arrangement is null");
  }

  /** Returns the same place with another number of outputs. */
  public LinearSite sized(int height) {
    List<Integer> own = List.of(height);
    return new LinearSite(weight, row, modules, own, columns, arrangement, narrow, embedding);
  }
}
