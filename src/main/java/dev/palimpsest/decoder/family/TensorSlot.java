package dev.palimpsest.decoder.family;

import java.util.List;
import java.util.Objects;

/**
 * One tensor that the kernel takes and where it comes from.
 *
 * @param names tensors of the checkpoint, stacked along their outputs; empty for an absent one
 * @param rows rows of each
 * @param columns of all of them; 0 if they have one dimension only
 * @param narrow held in the type that layers compute in, else float32
 * @param arrangement how they lie in the file
 * @param plusOne whether 1 is added to each element
 */
public record TensorSlot(
    List<String> names,
    List<Integer> rows,
    int columns,
    boolean narrow,
    Arrangement arrangement,
    boolean plusOne) {
  /** A tensor that the model does not have. */
  public static final TensorSlot ABSENT =
      new TensorSlot(List.of(), List.of(), 0, false, Arrangement.PLAIN, false);

  public TensorSlot {
    names = List.copyOf(names);
    rows = List.copyOf(rows);
    Objects.requireNonNull(arrangement, "arrangement is null");
  }

  /** Returns the dimensions of the stacked tensor. */
  public long[] shape() {
    long height = rows.stream().mapToLong(Integer::longValue).sum();
    return columns == 0 ? new long[] {height} : new long[] {height, columns};
  }

  /** Returns the dimensions that one of the tensors should have in the file. */
  public long[] shapeInFile(int part) {
    if (columns == 0) {
      return new long[] {rows.get(part)};
    }
    return arrangement == Arrangement.TRANSPOSED
        ? new long[] {columns, rows.get(part)}
        : new long[] {rows.get(part), columns};
  }
}
