package dev.palimpsest.checkpoint.tensor;

import java.util.Arrays;
import java.util.Objects;

/**
 * What the header says about one tensor, checked against the file.
 *
 * @param name the tensor's name in Hugging Face vocabulary
 * @param type how its numbers are stored
 * @param shape the sizes in Hugging Face order (rows first); empty for a single number
 * @param byteLength how many bytes it takes in the file
 */
public record TensorInfo(String name, StoredType type, long[] shape, long byteLength) {
  public TensorInfo {
    Objects.requireNonNull(name, "name is null");
    Objects.requireNonNull(type, "type is null");
    shape = shape.clone();
    if (byteLength < 0) {
      throw new IllegalArgumentException("byteLength is negative");
    }
  }

  @Override
  public long[] shape() {
    return shape.clone();
  }

  /** Returns the number of elements. */
  public long elements() {
    return elements(shape);
  }

  /**
   * Returns the product of the sizes.
   *
   * @throws ArithmeticException if it exceeds 63 bits
   */
  public static long elements(long[] shape) {
    long elements = 1;
    for (long size : shape) {
      elements = Math.multiplyExact(elements, size);
    }
    return elements;
  }

  /** Returns the shape as {@code [rows,columns]}. */
  public String shapeText() {
    return shapeText(shape);
  }

  /** Returns sizes as {@code [rows,columns]}. */
  public static String shapeText(long[] shape) {
    return Arrays.toString(shape).replace(" ", "");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TensorInfo that
        && name.equals(that.name)
        && type == that.type
        && byteLength == that.byteLength
        && Arrays.equals(shape, that.shape);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, type, byteLength, Arrays.hashCode(shape));
  }

  @Override
  public String toString() {
    return name + " " + type + shapeText();
  }
}
