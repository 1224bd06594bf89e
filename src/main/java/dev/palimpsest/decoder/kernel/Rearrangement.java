package dev.palimpsest.decoder.kernel;

import java.util.Objects;

/**
 * How values of a file, or a part of them, become rows of a weight.
 *
 * @param shape dimensions in the file
 * @param from first entry of the second dimension that is taken
 * @param to entry of the second dimension after the last that is taken
 * @param order the file's dimensions in the order in which the weight has them
 * @param row where the first row goes, counted from the place of the whole
 */
public record Rearrangement(long[] shape, long from, long to, long[] order, long row) {
  public Rearrangement {
    Objects.requireNonNull(shape, "shape is null");
    Objects.requireNonNull(order, "order is null");
  }

  /** Returns the one that takes all of [rows, columns] in the given order of the two. */
  public static Rearrangement whole(long rows, long columns, long... order) {
    return whole(new long[] {rows, columns}, order);
  }

  /** Returns the one that takes all of a shape in the given order of its dimensions. */
  public static Rearrangement whole(long[] shape, long... order) {
    return new Rearrangement(shape, 0, shape[1], order, 0);
  }
}
