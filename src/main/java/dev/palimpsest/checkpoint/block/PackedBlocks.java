package dev.palimpsest.checkpoint.block;

/** A format whose blocks are decoded one after the other. */
abstract sealed class PackedBlocks implements BlockFormat
    permits Q2K, Q3K, Q4K, Q4One, Q4Zero, Q5K, Q5One, Q5Zero, Q6K, Q8Zero, Iq4Nl, Iq4Xs, Mxfp4 {
  private final int elements;
  private final int bytes;

  PackedBlocks(int elements, int bytes) {
    this.elements = elements;
    this.bytes = bytes;
  }

  @Override
  public final int elements() {
    return elements;
  }

  @Override
  public final int bytes() {
    return bytes;
  }

  @Override
  public final void decode(byte[] source, int from, float[] target, int to, int blocks) {
    for (int block = 0; block < blocks; block++) {
      decodeBlock(source, from + block * bytes, target, to + block * elements);
    }
  }

  /** Decodes the block that begins at {@code from}. */
  abstract void decodeBlock(byte[] source, int from, float[] target, int to);
}
