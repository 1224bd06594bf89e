package dev.palimpsest.checkpoint.block;

/** Q5_1: float16 scale and minimum, 32 fifth bits, 16 bytes of nibbles; x = scale * q + minimum. */
final class Q5One extends PackedBlocks {
  Q5One() {
    super(32, 4 + 4 + 16);
  }

  @Override
  void decodeBlock(byte[] source, int from, float[] target, int to) {
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
