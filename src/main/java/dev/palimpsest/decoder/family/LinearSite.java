package dev.palimpsest.decoder.family;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A place where an adapter may add to a linear layer.
 *
 * @param weight the layer's weight
 * @param row first of the layer's rows in that weight
 * @param modules names of the modules that make up the layer
 * @param rows output width of each
 * @param columns input width of all
 * @param arrangement how the base weights lie in the file
 * @param narrow whether it computes in the layers' type, else in float32
 * @param expert the parameter of many experts that the layer is a part of, if it is one
 */
public record LinearSite(
    WeightName weight,
    int row,
    List<String> modules,
    List<Integer> rows,
    int columns,
    Arrangement arrangement,
    boolean narrow,
    Optional<Expert> expert) {
  /**
   * An expert's layer in a parameter that holds those of all.
   *
   * @param parameter the parameter's full name
   * @param number the expert's, from 0
   * @param count number of experts
   * @param alternate whether the modules' outputs alternate in the parameter, else they follow one
   *     another
   */
  public record Expert(String parameter, int number, int count, boolean alternate) {}

  public LinearSite {
    modules = List.copyOf(modules);
    rows = List.copyOf(rows);
    Objects.requireNonNull(weight, "weight is null");
    Objects.requireNonNull(arrangement, "arrangement is null");
    Objects.requireNonNull(expert, "expert is null");
  }

  /** Tells whether it is looked up by token instead of multiplied. */
  public boolean isEmbedding() {
    return weight.part() == WeightPart.EMBEDDING;
  }

  /** Returns the name, less its last part, by which the kernel takes what an adapter adds here. */
  public String loraPath() {
    return weight.loraPath() + expert.map(e -> "." + e.number()).orElse("");
  }

  /** Returns the number of its outputs. */
  public int height() {
    return rows.stream().mapToInt(Integer::intValue).sum();
  }

  /** Returns the same place with another number of outputs. */
  public LinearSite sized(int height) {
    List<Integer> own = List.of(height);
    return new LinearSite(weight, row, modules, own, columns, arrangement, narrow, expert);
  }
}
