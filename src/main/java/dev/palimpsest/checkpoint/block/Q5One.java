package dev.palimpsest.checkpoint.block;

/** Q5_1: float16 scale and minimum, 32 fifth bits, 16 bytes of nibbles; x = scale * q + minimum. */
final class Q5One implements BlockFormat {
  private static final int BYTES = 4 + 4 + 16;

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
    int fifths = Halves.bits32(source, from + 4);
    for (int i = 0; i < 16; i++) {
      int pair = source[from + 8 + i];
      int low = (pair & 15) | fifth(fifths, i);
      int high = ((pair >> 4) & 15) | fifth(fifths, i + 16);
      target[to + i] = scale * low + minimum;
      target[to + 16 + i] = scale * high + minimum;
    }
  }

  private static int fifth(int fifths, int element) {
    return ((fifths >>> element) & 1) << 4;
  }
}
