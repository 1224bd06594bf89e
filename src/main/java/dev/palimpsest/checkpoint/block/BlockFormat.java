package dev.palimpsest.checkpoint.block;

/**
 * A way to store numbers in little-endian blocks of fixed size.
 *
 * <p>A plain type is a block of one element. A quantised block holds small integers and the scale
 * that turns them back into numbers; the layouts are those of ggml ({@code ggml-common.h}).
 */
public sealed interface BlockFormat
    permits Float32Blocks, Float16Blocks, BFloat16Blocks, Float64Blocks, PackedBlocks {
  /** Returns how many elements one block holds. */
  int elements();

  /** Returns how many bytes one block takes. */
  int bytes();

  /**
   * Turns whole blocks into float32.
   *
   * @param source bytes that hold {@code blocks * bytes()} from index {@code from}
   * @param target takes {@code blocks * elements()} numbers from index {@code to}
   */
  void decode(byte[] source, int from, float[] target, int to, int blocks);
}
