package dev.palimpsest.checkpoint.block;

/** Float32 as it is. */
final class Float32Blocks implements BlockFormat {
  @Override
  public int elements() {
    return 1;
  }

  @Override
  public int bytes() {
    return 4;
  }

  @Override
  public void decode(byte[] source, int from, float[] target, int to, int blocks) {
    for (int i = 0; i < blocks; i++) {
      target[to + i] = Float.intBitsToFloat(Halves.bits32(source, from + 4 * i));
    }
  }
}
