package dev.palimpsest.checkpoint.block;

/** IQ4_NL: a float16 scale, then 16 bytes of nibbles as in Q4_0 that point into a table. */
final class Iq4Nl extends PackedBlocks {
  // kvalues_iq4nl in ggml-common.h
  private static final byte[] VALUES = {
    -127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113
  };

  Iq4Nl() {
    super(32, 2 + 16);
  }

  @Override
  void decodeBlock(byte[] source, int from, float[] target, int to) {
    float scale = Halves.float16(source, from);
    for (int i = 0; i < 16; i++) {
      int pair = source[from + 2 + i];
      target[to + i] = scale * value(pair & 15);
      target[to + 16 + i] = scale * value((pair >> 4) & 15);
    }
  }

  /** Returns what a nibble stands for. */
  static int value(int nibble) {
    return VALUES[nibble];
  }
}
