package dev.palimpsest.checkpoint.quantised;

/**
 * The codes of GPTQ: those of one output run down a column of words as one stream of bits, lowest
 * first, and may begin in one word and end in the next.
 *
 * @param bits bits of a code
 * @param inputs codes in a column
 * @param outputs columns
 */
record ColumnCodes(int bits, int inputs, int outputs) implements PackedCodes {
  // 2, 4 and 8 bits: 1 in every field of a word
  private static final int[] ONES = {0, 0, 0x55555555, 0, 0x11111111, 0, 0, 0, 0x01010101};

  @Override
  public void unpack(int[] words, int first, int count, float[] target, int length) {
    int mask = (1 << bits) - 1;
    for (int i = 0; i < inputs; i++) {
      int bit = (i * bits) & 31;
      int row = (int) (((long) i * bits) >>> 5) * outputs + first;
      boolean split = bit + bits > 32;
      for (int o = 0; o < count; o++) {
        int code = words[row + o] >>> bit;
        if (split) {
          code |= words[row + o + outputs] << (32 - bit);
        }
        target[o * length + i] = code & mask;
      }
    }
  }

  /**
   * Returns the zero points, group by group.
   *
   * <p>Where they are stored less 1, GPTQModel subtracted 1 from every field of a word at a time,
   * with borrows between fields, so it is added back the same way; fields of 3 bits are single.
   */
  static int[] zeros(int[] words, int groups, int outputs, GptqFormat format) {
    int bits = format.bits();
    int perGroup = words.length / groups;
    int wordwise = format.zerosLessOne() ? ONES[bits] : 0;
    int single = format.zerosLessOne() && wordwise == 0 ? 1 : 0;
    int[] zeros = new int[Math.multiplyExact(groups, outputs)];
    for (int i = 0; i < zeros.length; i++) {
      long at = (long) (i % outputs) * bits;
      int word = i / outputs * perGroup + (int) (at >>> 5);
      int bit = (int) (at & 31);
      int code = (words[word] + wordwise) >>> bit;
      if (bit + bits > 32) {
        code |= words[word + 1] << (32 - bit);
      }
      zeros[i] = (code + single) & ((1 << bits) - 1);
    }
    return zeros;
  }
}
