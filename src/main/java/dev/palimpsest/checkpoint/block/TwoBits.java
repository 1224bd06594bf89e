package dev.palimpsest.checkpoint.block;

/**
 * Where the two-bit numbers of a 256-element block lie: each half of the block has 32 bytes, and
 * each byte holds four numbers that are 32 elements apart.
 */
final class TwoBits {
  private TwoBits() {}

  /** Returns the first byte of a group of 16 elements. */
  static int offset(int group) {
    return 32 * (group / 8) + 16 * (group % 2);
  }

  /** Returns the bit at which a group's numbers begin in their bytes. */
  static int shift(int group) {
    return 2 * (group % 8 / 2);
  }
}
