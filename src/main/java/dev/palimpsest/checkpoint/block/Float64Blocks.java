package dev.palimpsest.checkpoint.block;

/** Float64, rounded to the nearest float32. */
final class Float64Blocks implements BlockFormat {
  @Override
  public int elements() {
    return 1;
  }

  @Override
  public int bytes() {
    return 8;
  }

  @Override
  public void decode(byte[] source, int from, float[] target, int to, int blocks) {
    for (int i = 0; i < blocks; i++) {
      target[to + i] = (float) Double.longBitsToDouble(Halves.bits64(source, from + 8 * i));
    }
  }
}
