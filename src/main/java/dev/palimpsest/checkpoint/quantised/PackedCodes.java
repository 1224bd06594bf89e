package dev.palimpsest.checkpoint.quantised;

/** Where the codes of a packed weight stand in its words. */
interface PackedCodes {
  /**
   * Unpacks the codes of some outputs.
   *
   * @param words all words of the weight
   * @param first the first output
   * @param count how many outputs
   * @param target takes them output by output, {@code inputs} codes for each
   */
  void unpack(int[] words, int first, int count, float[] target, int inputs);
}
