package dev.palimpsest.checkpoint.block;

/**
 * Q6_K: 128 bytes of nibbles, 64 bytes of two high bits, 16 signed scales for 16 elements each, a
 * float16 scale; x = d * s * (q - 32).
 */
final class Q6K extends PackedBlocks {
  Q6K() {
    super(256, 128 + 64 + 16 + 2);
  }

  @Override
  void decodeBlock(byte[] source, int from, float[] target, int to) {
    float scale = Halves.float16(source, from + 208);
    for (int group = 0; group < 16; group++) {
      float groupScale = scale * source[from + 192 + group];
      int nibbles = from + 64 * (group / 8) + 16 * (group % 4);
      int shift = 4 * (group % 8 / 4);
      int highs = from + 128 + TwoBits.offset(group);
      int highShift = TwoBits.shift(group);
      for (int i = 0; i < 16; i++) {
        int low = (source[nibbles + i] >> shift) & 15;
        int high = (source[highs + i] >> highShift) & 3;
        target[to + 16 * group + i] = groupScale * ((low | high << 4) - 32);
      }
    }
  }
}
