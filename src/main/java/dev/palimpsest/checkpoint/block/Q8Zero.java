package dev.palimpsest.checkpoint.block;

/** Q8_0: a float16 scale, then 32 signed bytes; x = scale * q. */
final class Q8Zero extends PackedBlocks {
  Q8Zero() {
    super(32, 2 + 32);
  }

  @Override
  void decodeBlock(byte[] source, int from, float[] target, int to) {
    float scale = Halves.float16(source, from);
    for (int i = 0; i < 32; i++) {
      target[to + i] = scale * source[from + 2 + i];
    }
  }
}
