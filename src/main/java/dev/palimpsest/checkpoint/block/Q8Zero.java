package dev.palimpsest.checkpoint.block;

/** Q8_0: a float16 scale, then 32 signed bytes; x = scale * q. */
final class Q8Zero implements BlockFormat {
  private static final int BYTES = 2 + 32;

  @Override
  public int elements() {
    return 32;
  }

  @Override
  public int bytes() {
    return BYTES;
  }

  @Override
  public void decode(byte[] source, int from, float[] target, int to, int blocks) {
    for (int block = 0; block < blocks; block++) {
      decodeBlock(source, from + block * BYTES, target, to + block * 32);
    }
  }

  private static void decodeBlock(byte[] source, int from, float[] target, int to) {
    float scale = Halves.float16(source, from);
    for (int i = 0; i < 32; i++) {
      target[to + i] = scale * source[from + 2 + i];
    }
  }
}
