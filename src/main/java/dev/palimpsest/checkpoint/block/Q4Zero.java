package dev.palimpsest.checkpoint.block;

/**
 * Q4_0: a float16 scale, then 16 bytes: low nibbles are elements 0–15, high 16–31; x = scale * (q -
 * 8).
 */
final class Q4Zero implements BlockFormat {
  private static final int BYTES = 2 + 16;

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
    for (int i = 0; i < 16; i++) {
      int pair = source[from + 2 + i];
      target[to + i] = scale * ((pair & 15) - 8);
      target[to + 16 + i] = scale * (((pair >> 4) & 15) - 8);
    }
  }
}
