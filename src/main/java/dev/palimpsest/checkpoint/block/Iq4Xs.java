package dev.palimpsest.checkpoint.block;

/**
 * IQ4_XS: a float16 scale, eight six-bit scales for 32 elements each, 128 bytes of nibbles into the
 * table of IQ4_NL; x = d * (s - 32) * value.
 */
final class Iq4Xs extends PackedBlocks {
  Iq4Xs() {
    super(256, 2 + 2 + 4 + 128);
  }

  @Override
  void decodeBlock(byte[] source, int from, float[] target, int to) {
    float scale = Halves.float16(source, from);
    int highBits = Halves.bits16(source, from + 2);
    for (int group = 0; group < 8; group++) {
      int low = (source[from + 4 + group / 2] >> (4 * (group % 2))) & 15;
      int high = (highBits >> (2 * group)) & 3;
      float groupScale = scale * ((low | high << 4) - 32);
      for (int i = 0; i < 16; i++) {
        int pair = source[from + 8 + 16 * group + i];
        target[to + 32 * group + i] = groupScale * Iq4Nl.value(pair & 15);
        target[to + 32 * group + 16 + i] = groupScale * Iq4Nl.value((pair >> 4) & 15);
      }
    }
  }
}
