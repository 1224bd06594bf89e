package dev.palimpsest.decoder.kernel;

import java.util.Objects;

/**
 * How values of a file, or a part of them, are turned into rows of a weight.
 *
 * @param shape dimensions in the file
 * @param from first entry of the second dimension that is taken
 * @param to entry of the second dimension after the last that is taken
 * @param order the file's dimensions in the order in which the weight has them
 * @param row where the first row goes, counted from the place of the whole
 */
public record Turn(long[] shape, long from, long to, long[] order, long row) {
  public Turn {
    Objects.requireNonNull(shape, "shape is null");
    Objects.requireNonNull(order, "order is null");
  }

  /** Returns the turn that takes all of [rows, columns] in the given order of the two. */
  public static Turn whole(long rows, long columns, long... order) {
    return whole(new long[] {rows, columns}, order);
  }

  /** Returns the turn that takes all of a shape in the given order of its dimensions. */
  public static Turn whole(long[] shape, long... order) {
    return new Turn(shape, 0, shape[1], order, 0);
  }
}
