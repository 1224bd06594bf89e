package dev.palimpsest.checkpoint.block;

/** Bfloat16, widened exactly. */
final class BFloat16Blocks implements BlockFormat {
  @Override
  public int elements() {
    return 1;
  }

  @Override
  public int bytes() {
    return 2;
  }

  @Override
  public void decode(byte[] source, int from, float[] target, int to, int blocks) {
    for (int i = 0; i < blocks; i++) {
      target[to + i] = Halves.bfloat16(source, from + 2 * i);
    }
  }
}
