package dev.palimpsest.checkpoint.tensor;

/**
 * Where the rows of a tensor stand in the file.
 *
 * <p>llama.cpp stores the rows of each q and k head interleaved (0, h/2, 1, h/2 + 1, …) because it
 * rotates neighbours; Hugging Face rotates the two halves of a head against each other.
 *
 * @param headRows rows of one head if they are interleaved, 0 if rows stand as they are
 */
public record RowOrder(int headRows) {
  /** The order of nearly all tensors. */
  public static final RowOrder AS_STORED = new RowOrder(0);

  public RowOrder {
    if (headRows < 0 || headRows % 2 != 0) {
      throw new IllegalArgumentException("headRows is " + headRows + ", expected an even number");
    }
  }

  boolean isAsStored() {
    return headRows == 0;
  }

  /** Returns which stored row of a head is row {@code row} of it in Hugging Face order. */
  public int storedRow(int row) {
    int half = headRows / 2;
    return row < half ? 2 * row : 2 * (row - half) + 1;
  }
}
