package dev.palimpsest.checkpoint.block;

/** Q5_K: as Q4_K, with 32 bytes of fifth bits between scales and nibbles. */
final class Q5K extends PackedBlocks {
  Q5K() {
    super(256, 4 + 12 + 32 + 128);
  }

  @Override
  void decodeBlock(byte[] source, int from, float[] target, int to) {
    float scale = Halves.float16(source, from);
    float minimum = Halves.float16(source, from + 2);
    for (int group = 0; group < 8; group++) {
      float groupScale = scale * SixBitScales.scale(source, from + 4, group);
      float groupMinimum = minimum * SixBitScales.minimum(source, from + 4, group);
      int nibbles = from + 48 + 32 * (group / 2);
      int shift = 4 * (group % 2);
      for (int i = 0; i < 32; i++) {
        int fifth = (source[from + 16 + i] >> group) & 1;
        int q = ((source[nibbles + i] >> shift) & 15) | fifth << 4;
        target[to + 32 * group + i] = groupScale * q - groupMinimum;
      }
    }
  }
}
