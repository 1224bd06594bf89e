package dev.palimpsest.decoder.weights;

import dev.palimpsest.decoder.family.Arrangement;
import dev.palimpsest.decoder.kernel.Turn;

/** How the arrangements of a file are turned into rows by outputs. */
final class Turns {
  private Turns() {}

  /**
   * Returns the turn for a tensor.
   *
   * @param columns 1 for a tensor of one dimension
   * @param experts how many of them the tensor holds, if it does
   */
  static Turn of(Arrangement arrangement, int rows, int columns, int headSize, int experts) {
    return switch (arrangement) {
      case PLAIN -> new Turn(new long[] {rows, columns}, new long[] {0, 1});
      case TRANSPOSED -> new Turn(new long[] {columns, rows}, new long[] {1, 0});
      case HEAD_BY_HEAD ->
          new Turn(
              new long[] {rows / (3L * headSize), 3, headSize, columns}, new long[] {1, 0, 2, 3});
      case TRANSPOSED_BY_EXPERT ->
          new Turn(new long[] {experts, columns, rows / experts}, new long[] {0, 2, 1});
      case PAIRED ->
          new Turn(new long[] {experts, rows / 2 / experts, 2, columns}, new long[] {0, 2, 1, 3});
      case PAIRED_TRANSPOSED ->
          new Turn(new long[] {experts, columns, rows / 2 / experts, 2}, new long[] {0, 3, 2, 1});
    };
  }
}
