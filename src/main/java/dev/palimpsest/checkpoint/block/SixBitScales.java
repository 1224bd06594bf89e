package dev.palimpsest.checkpoint.block;

/**
 * Eight scales and eight minima of six bits each in the 12 bytes of Q4_K and Q5_K.
 *
 * <p>Bytes 0 to 3 hold scales 0 to 3, bytes 4 to 7 minima 0 to 3, with the two high bits of scales
 * and minima 4 to 7 above them; bytes 8 to 11 hold the low nibbles of those.
 */
final class SixBitScales {
  private SixBitScales() {}

  static int scale(byte[] source, int at, int group) {
    if (group < 4) {
      return source[at + group] & 63;
    }
    return (source[at + 4 + group] & 15) | ((source[at + group - 4] >> 2) & 0x30);
  }

  static int minimum(byte[] source, int at, int group) {
    if (group < 4) {
      return source[at + 4 + group] & 63;
    }
    return ((source[at + 4 + group] >> 4) & 15) | ((source[at + group] >> 2) & 0x30);
  }
}
