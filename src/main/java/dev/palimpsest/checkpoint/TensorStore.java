package dev.palimpsest.checkpoint;

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
   * Reads a tensor as float32, row by row; quantised blocks are dequantised, F64 is rounded.
   *
   * @param target takes {@code info(name).elements()} numbers from its position, which is advanced
   * @throws CheckpointException if there is none of this name, its type is not a floating one, or
   *     the file cannot be read
   * @throws java.nio.BufferOverflowException if the target has too little room
   */
  void readFloat32(String name, FloatBuffer target);

  /**
   * Returns a tensor's bytes as they are stored, little-endian and read-only.
   *
   * @throws CheckpointException if there is none of this name, or it is larger than 2 GiB
   */
  ByteBuffer bytes(String name);
}
