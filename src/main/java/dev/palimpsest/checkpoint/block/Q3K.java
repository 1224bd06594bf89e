package dev.palimpsest.checkpoint.block;

/**
 * Q3_K: 32 bytes of third bits, 64 bytes of two-bit numbers, 16 packed six-bit scales, a float16
 * scale; x = d * (s - 32) * q, where q is 4 less if the third bit is not set.
 */
final class Q3K extends PackedBlocks {
  Q3K() {
    super(256, 32 + 64 + 12 + 2);
  }

  @Override
  void decodeBlock(byte[] source, int from, float[] target, int to) {
    float scale = Halves.float16(source, from + 108);
    for (int group = 0; group < 16; group++) {
      float groupScale = scale * groupScale(source, from + 96, group);
      int bytes = from + 32 + TwoBits.offset(group);
      int shift = TwoBits.shift(group);
      int thirds = from + 16 * (group % 2);
      for (int i = 0; i < 16; i++) {
        int low = (source[bytes + i] >> shift) & 3;
        int third = (source[thirds + i] >> (group / 2)) & 1;
        target[to + 16 * group + i] = groupScale * (low - 4 * (1 - third));
      }
    }
  }

  /** Four low bits from the first eight bytes, two high bits from the last four. */
  private static int groupScale(byte[] source, int scales, int group) {
    int low = (source[scales + group % 8] >> (4 * (group / 8))) & 15;
    int high = (source[scales + 8 + group % 4] >> (2 * (group / 4))) & 3;
    return (low | high << 4) - 32;
  }
}
