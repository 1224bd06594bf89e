package dev.palimpsest.decoder.kernel;

import java.util.Objects;

/**
 * How values of a file are turned into rows of a weight.
 *
 * @param shape dimensions in the file
 * @param order the file's dimensions in the order in which the weight has them
 */
public record Turn(long[] shape, long[] order) {
  public Turn {
    Objects.requireNonNull(shape, "shape is null");
    Objects.requireNonNull(order, "order is null");
  }
}
