package dev.palimpsest.checkpoint.block;

/**
 * Q4_1: float16 scale and minimum, then 16 bytes of nibbles as in Q4_0; x = scale * q + minimum.
 */
final class Q4One extends PackedBlocks {
  Q4One() {
    super(32, 4 + 16);
  }

  @Override
  void decodeBlock(byte[] source, int from, float[] target, int to) {
    float scale = Halves.float16(source, from);
    float minimum = Halves.float16(source, from + 2);
    for (int i = 0; i < 16; i++) {
      int pair = source[from + 4 + i];
      target[to + i] = scale * (pair & 15) + minimum;
      target[to + 16 + i] = scale * ((pair >> 4) & 15) + minimum;
    }
  }
}
