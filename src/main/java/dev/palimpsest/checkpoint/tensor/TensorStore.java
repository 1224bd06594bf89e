package dev.palimpsest.checkpoint.tensor;

import dev.palimpsest.checkpoint.CheckpointException;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Set;

/**
 * The tensors of a checkpoint by their Hugging Face names, read from disk when they are asked for.
 *
 * <p>Nothing is kept in memory. A store may be read by several threads at once.
 */
public interface TensorStore {
  /** Returns the names in the order of the file. */
  Set<String> names();

  /** Says whether there is a tensor of this name. */
  default boolean contains(String name) {
    return names().contains(name);
  }

  /**
   * Returns what is known about a tensor without reading it.
   *
   * @throws CheckpointException if there is none of this name
   */
  TensorInfo info(String name);

  /**
   * Visits a tensor's numbers as float32, row by row, a piece at a time; quantised blocks are
   * dequantised, F64 is rounded.
   *
   * @throws CheckpointException if there is none of this name, its type is not a floating one, or
   *     the file cannot be read
   */
  void scan(String name, Visitor visitor);

  /**
   * Reads a tensor as float32, row by row.
   *
   * @param target takes {@code info(name).elements()} numbers from its position, which is advanced
   * @throws CheckpointException as {@link #scan} does
   * @throws BufferOverflowException if the target has too little room
   */
  default void readFloat32(String name, FloatBuffer target) {
    if (target.remaining() < info(name).elements()) {
      throw new BufferOverflowException();
    }
    scan(name, (numbers, count) -> target.put(numbers, 0, count));
  }

  /**
   * Returns a tensor's bytes as they are stored, little-endian and read-only.
   *
   * @throws CheckpointException if there is none of this name, or it is larger than 2 GiB
   */
  ByteBuffer bytes(String name);

  /**
   * Returns how a weight lies.
   *
   * @throws CheckpointException if there is none of this name
   */
  default Layout layout(String name) {
    return info(name).type().isJoined() ? Layout.OUTPUTS_FIRST : Layout.OF_FAMILY;
  }

  /** Takes one piece of a tensor. */
  @FunctionalInterface
  interface Visitor {
    /**
     * Takes the first {@code count} numbers of the array, which is used again for the next piece.
     */
    void visit(float[] numbers, int count);
  }
}
