package dev.palimpsest.decoder.family;

import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;

/**
 * One tensor that the kernel takes and where it comes from.
 *
 * @param names tensors of the checkpoint, stacked along their outputs; empty for ones
 * @param rows rows of each
 * @param columns of all of them; 0 if they have one dimension only
 * @param narrow held in the type of the run, else float32
 * @param arrangement how they lie in the file
 * @param plusOne whether 1 is added to each element
 * @param experts into how many of them the file divides the rows of a tensor, as its first
 *     dimension; 0 if it does not
 */
public record TensorSlot(
    List<String> names,
    List<Integer> rows,
    int columns,
    boolean narrow,
    Arrangement arrangement,
    boolean plusOne,
    int experts) {
  /** Returns ones, for a norm without a weight of its own. */
  static TensorSlot ones(int width) {
    return new TensorSlot(List.of(), List.of(width), 0, false, Arrangement.PLAIN, true, 0);
  }

  public TensorSlot {
    names = List.copyOf(names);
    rows = List.copyOf(rows);
    Objects.requireNonNull(arrangement, "arrangement is null");
  }

  /** Tells whether all elements are 1 and none is in the checkpoint. */
  public boolean isOnes() {
    return names.isEmpty() && plusOne;
  }

  /** Returns the same tensor under another name. */
  public TensorSlot of(String name) {
    return new TensorSlot(List.of(name), rows, columns, narrow, arrangement, plusOne, experts);
  }

  /** Returns the same tensor under another name and with another number of rows. */
  public TensorSlot of(String name, int height) {
    List<Integer> own = List.of(height);
    return new TensorSlot(List.of(name), own, columns, narrow, arrangement, plusOne, experts);
  }

  /** Returns the same tensor in another arrangement. */
  public TensorSlot arranged(Arrangement other) {
    return new TensorSlot(names, rows, columns, narrow, other, plusOne, experts);
  }

  /** Returns the dimensions of the stacked tensor. */
  public long[] shape() {
    long height = rows.stream().mapToLong(Integer::longValue).sum();
    return columns == 0 ? new long[] {height} : new long[] {height, columns};
  }

  /** Returns the dimensions that one of the tensors should have in the file. */
  public long[] shapeInFile(int part) {
    long height = experts == 0 ? rows.get(part) : rows.get(part) / experts;
    LongStream.Builder shape = LongStream.builder();
    if (experts > 0) {
      shape.add(experts);
    }
    if (columns > 0 && arrangement.isTransposed()) {
      shape.add(columns).add(height);
    } else if (columns > 0) {
      shape.add(height).add(columns);
    } else {
      shape.add(height);
    }
    return shape.build().toArray();
  }
}
