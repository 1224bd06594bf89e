package dev.palimpsest.checkpoint.block;

/**
 * Q4_0: a float16 scale, then 16 bytes whose low nibbles are elements 0 to 15 and whose high
 * nibbles are 16 to 31; x = scale * (q - 8).
 */
final class Q4Zero extends PackedBlocks {
  Q4Zero() {
    super(32, 2 + 16);
  }

  @Override
  void decodeBlock(byte[] source, int from, float[] target, int to) {
    float scale = Halves.float16(source, from);
    for (int i = 0; i < 16; i++) {
      int pair = source[from + 2 + i];
      target[to + i] = scale * ((pair & 15) - 8);
      target[to + 16 + i] = scale * (((pair >> 4) & 15) - 8);
    }
  }
}
