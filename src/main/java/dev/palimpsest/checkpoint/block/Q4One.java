package dev.palimpsest.checkpoint.block;

/**
 * Q4_1: float16 scale and minimum, then 16 bytes of nibbles as in Q4_0; x = scale * q + minimum.
 */
final class Q4One implements BlockFormat {
  private static final int BYTES = 4 + 16;

  @Override
  public int elements() {
    return 32;
  }

  @Override
  public int bytes() {
    return BYTES;
  }

  @Override
  public void decode(byte[] source, int from, float[] target, int to, int blocks) {
    for (int block = 0; block < blocks; block++) {
      decodeBlock(source, from + block * BYTES, target, to + block * 32);
    }
  }

  private static void decodeBlock(byte[] source, int from, float[] target, int to) {
    float scale = Halves.float16(source, from);
    float minimum = Halves.float16(source, from + 2);
    for (int i = 0; i < 16; i++) {
      int pair = source[from + 4 + i];
      target[to + i] = scale * (pair & 15) + minimum;
      target[to + 16 + i] = scale * ((pair >> 4) & 15) + minimum;
    }
  }
}
