package dev.palimpsest.checkpoint.block;

/**
 * Q4_K: float16 scale and minimum, six-bit scales and minima for 32 elements each, 128 bytes of
 * nibbles; x = d * s * q - dmin * m.
 */
final class Q4K extends PackedBlocks {
  Q4K() {
    super(256, 4 + 12 + 128);
  }

  @Override
  void decodeBlock(byte[] source, int from, float[] target, int to) {
    float scale = Halves.float16(source, from);
    float minimum = Halves.float16(source, from + 2);
    for (int group = 0; group < 8; group++) {
      float groupScale = scale * SixBitScales.scale(source, from + 4, group);
      float groupMinimum = minimum * SixBitScales.minimum(source, from + 4, group);
      int nibbles = from + 16 + 32 * (group / 2);
      int shift = 4 * (group % 2);
      for (int i = 0; i < 32; i++) {
        int q = (source[nibbles + i] >> shift) & 15;
        target[to + 32 * group + i] = groupScale * q - groupMinimum;
      }
    }
  }
}
