package dev.palimpsest.checkpoint.block;

/**
 * MXFP4 (OCP Microscaling Formats 1.0) as ggml has it: a power of two, 127 standing for 1, then 16
 * bytes of nibbles as in Q4_0 that are floats of sign, two bits of exponent, one of mantissa.
 */
final class Mxfp4 extends PackedBlocks {
  private static final int BIAS = 127;
  private static final float[] VALUES = {
    0, 0.5f, 1, 1.5f, 2, 3, 4, 6, 0, -0.5f, -1, -1.5f, -2, -3, -4, -6
  };

  Mxfp4() {
    super(32, 1 + 16);
  }

  @Override
  void decodeBlock(byte[] source, int from, float[] target, int to) {
    int exponent = (source[from] & 0xff) - BIAS;
    for (int i = 0; i < 16; i++) {
      int pair = source[from + 1 + i];
      target[to + i] = Math.scalb(VALUES[pair & 15], exponent);
      target[to + 16 + i] = Math.scalb(VALUES[(pair >> 4) & 15], exponent);
    }
  }
}
