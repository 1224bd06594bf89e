package dev.palimpsest.checkpoint.block;

/**
 * Q5_0: a float16 scale, 32 fifth bits, then 16 bytes of nibbles as in Q4_0; x = scale * (q - 16).
 */
final class Q5Zero extends PackedBlocks {
  Q5Zero() {
    super(32, 2 + 4 + 16);
  }

  @Override
  void decodeBlock(byte[] source, int from, float[] target, int to) {
    float scale = Halves.float16(source, from);
    int fifths = Halves.bits32(source, from + 2);
    for (int i = 0; i < 16; i++) {
      int pair = source[from + 6 + i];
      int low = (pair & 15) | fifth(fifths, i);
      int high = ((pair >> 4) & 15) | fifth(fifths, i + 16);
      target[to + i] = scale * (low - 16);
      target[to + 16 + i] = scale * (high - 16);
    }
  }

  private static int fifth(int fifths, int element) {
    return ((fifths >>> element) & 1) << 4;
  }
}
