package dev.palimpsest.checkpoint.block;

/**
 * Q2_K: 16 bytes of scale (low nibble) and minimum (high) for 16 elements each, 64 bytes of two-bit
 * numbers, float16 scale and minimum of all; x = d * s * q - dmin * m.
 */
final class Q2K extends PackedBlocks {
  Q2K() {
    super(256, 16 + 64 + 2 + 2);
  }

  @Override
  void decodeBlock(byte[] source, int from, float[] target, int to) {
    float scale = Halves.float16(source, from + 80);
    float minimum = Halves.float16(source, from + 82);
    for (int group = 0; group < 16; group++) {
      int pair = source[from + group];
      float groupScale = scale * (pair & 15);
      float groupMinimum = minimum * ((pair >> 4) & 15);
      int bytes = from + 16 + TwoBits.offset(group);
      int shift = TwoBits.shift(group);
      for (int i = 0; i < 16; i++) {
        int q = (source[bytes + i] >> shift) & 3;
        target[to + 16 * group + i] = groupScale * q - groupMinimum;
      }
    }
  }
}
