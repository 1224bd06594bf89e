package dev.palimpsest.checkpoint.quantised;

import dev.palimpsest.checkpoint.tensor.StoredTensor;
import dev.palimpsest.checkpoint.tensor.TensorInfo;
import dev.palimpsest.checkpoint.tensor.TensorSource;
import dev.palimpsest.checkpoint.tensor.TensorStore;
import java.nio.ByteBuffer;

/**
 * A weight in the MXFP4 format (OCP Microscaling Formats 1.0), as gpt-oss is released.
 *
 * <p>{@code W_blocks} [.., rows, blocks, 16] holds 32 numbers of a row in 16 bytes, the first of
 * two in the low nibble; {@code W_scales} [.., rows, blocks] holds a power of two for each block,
 * 127 standing for 1. Number i of a block is {@code VALUES[nibble] * 2^(scale - 127)}.
 *
 * @param blocks the nibbles
 * @param scales one byte for each block
 * @param info the name of the blocks, and the weight's own shape [.., rows, columns]
 */
record Mxfp4Tensor(StoredTensor blocks, StoredTensor scales, TensorInfo info)
    implements TensorSource {
  static final int BLOCK_BYTES = 16;
  private static final int CHUNK_BLOCKS = 1 << 12;
  private static final int BIAS = 127;

  /** Sign, two bits of exponent, one of mantissa. */
  private static final float[] VALUES = {
    0, 0.5f, 1, 1.5f, 2, 3, 4, 6, -0f, -0.5f, -1, -1.5f, -2, -3, -4, -6
  };

  @Override
  public void scan(TensorStore.Visitor visitor) {
    long count = scales.info().byteLength();
    int most = (int) Math.min(CHUNK_BLOCKS, count);
    byte[] nibbles = new byte[most * BLOCK_BYTES];
    byte[] powers = new byte[most];
    float[] numbers = new float[2 * nibbles.length];
    for (long at = 0; at < count; at += most) {
      int chunk = (int) Math.min(most, count - at);
      blocks.file().read(blocks.offset() + at * BLOCK_BYTES, nibbles, chunk * BLOCK_BYTES);
      scales.file().read(scales.offset() + at, powers, chunk);
      for (int block = 0; block < chunk; block++) {
        decode(nibbles, block, powers[block], numbers);
      }
      visitor.visit(numbers, 2 * BLOCK_BYTES * chunk);
    }
  }

  private static void decode(byte[] nibbles, int block, byte power, float[] numbers) {
    int exponent = (power & 0xff) - BIAS;
    for (int i = block * BLOCK_BYTES; i < (block + 1) * BLOCK_BYTES; i++) {
      numbers[2 * i] = Math.scalb(VALUES[nibbles[i] & 15], exponent);
      numbers[2 * i + 1] = Math.scalb(VALUES[(nibbles[i] >> 4) & 15], exponent);
    }
  }

  @Override
  public ByteBuffer bytes() {
    return blocks.bytes();
  }
}
