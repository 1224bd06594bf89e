package dev.palimpsest.decoder.weights;

import dev.palimpsest.decoder.family.Arrangement;
import dev.palimpsest.decoder.family.Sizes;
import dev.palimpsest.decoder.kernel.Rearrangement;
import java.util.List;
import java.util.stream.IntStream;

/** How tensors in the arrangements of a file become rows by outputs. */
final class Rearrangements {
  private Rearrangements() {}

  /**
   * Returns what places the values of a tensor.
   *
   * @param columns 1 for a tensor of one dimension
   * @param experts how many of them the tensor holds, if it does
   */
  static List<Rearrangement> of(
      Arrangement arrangement, int rows, int columns, Sizes sizes, int experts) {
    return switch (arrangement) {
      case PLAIN -> List.of(Rearrangement.whole(rows, columns, 0, 1));
      case TRANSPOSED -> List.of(Rearrangement.whole(columns, rows, 1, 0));
      case HEAD_BY_HEAD -> headByHead(columns, sizes);
      case TRANSPOSED_BY_EXPERT ->
          List.of(Rearrangement.whole(new long[] {experts, columns, rows / experts}, 0, 2, 1));
      case PAIRED ->
          List.of(
              Rearrangement.whole(
                  new long[] {experts, rows / 2 / experts, 2, columns}, 0, 2, 1, 3));
      case PAIRED_TRANSPOSED ->
          List.of(
              Rearrangement.whole(
                  new long[] {experts, columns, rows / 2 / experts, 2}, 0, 3, 2, 1));
    };
  }

  /** The queries of every key head, then the keys, then the values. */
  private static List<Rearrangement> headByHead(int columns, Sizes sizes) {
    long group = sizes.heads() / sizes.keyHeads();
    long[] shape = {sizes.keyHeads(), group + 2, sizes.headSize(), columns};
    long[] order = {0, 1, 2, 3};
    long keys = sizes.queryWidth();
    return List.of(
        new Rearrangement(shape, 0, group, order, 0),
        new Rearrangement(shape, group, group + 1, order, keys),
        new Rearrangement(shape, group + 1, group + 2, order, keys + sizes.keyWidth()));
  }

  /** Returns which row of the file each row of a weight is, the file's columns left aside. */
  static int[] fileRows(Arrangement arrangement, int rows, Sizes sizes) {
    if (arrangement != Arrangement.HEAD_BY_HEAD) {
      return IntStream.range(0, rows).toArray();
    }
    int size = sizes.headSize();
    int group = sizes.heads() / sizes.keyHeads();
    return IntStream.range(0, rows)
        .map(row -> headInFile(row / size, group, sizes) * size + row % size)
        .toArray();
  }

  private static int headInFile(int head, int group, Sizes sizes) {
    if (head < sizes.heads()) {
      return head / group * (group + 2) + head % group;
    }
    int key = head - sizes.heads();
    boolean value = key >= sizes.keyHeads();
    return value ? (key - sizes.keyHeads()) * (group + 2) + group + 1 : key * (group + 2) + group;
  }
}
