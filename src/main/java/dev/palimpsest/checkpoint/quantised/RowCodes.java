package dev.palimpsest.checkpoint.quantised;

/**
 * The codes of AWQ: eight neighbouring outputs of one input share a word.
 *
 * @param shifts where the code of each of the eight begins
 * @param outputs codes in a row
 */
record RowCodes(int[] shifts, int outputs) implements PackedCodes {
  @Override
  public void unpack(int[] words, int first, int count, float[] target, int length) {
    int perRow = outputs / 8;
    for (int i = 0; i < length; i++) {
      for (int o = 0; o < count; o++) {
        int output = first + o;
        target[o * length + i] = (words[i * perRow + output / 8] >>> shifts[output % 8]) & 15;
      }
    }
  }
}
