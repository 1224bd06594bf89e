package dev.palimpsest.checkpoint.quantised;

import dev.palimpsest.checkpoint.tensor.StoredTensor;
import dev.palimpsest.checkpoint.tensor.StoredType;
import dev.palimpsest.checkpoint.tensor.TensorInfo;
import dev.palimpsest.checkpoint.tensor.TensorSource;
import dev.palimpsest.checkpoint.tensor.TensorStore;
import java.nio.ByteBuffer;

/**
 * A weight in the format of GPTQ or AWQ: number [o, i] is {@code scales[g, o] * (code - zeros[g,
 * o])} with g the group of input i, rounded to the type of the scales.
 *
 * @param packed the words of codes
 * @param info name, and shape [out, in]
 * @param codes where the codes stand in the words
 * @param zeros [groups, out]
 * @param scales [groups, out]
 * @param groups the group of each input
 * @param rounding F32, BF16 or F16
 */
record PackedTensor(
    StoredTensor packed,
    TensorInfo info,
    PackedCodes codes,
    int[] zeros,
    float[] scales,
    int[] groups,
    StoredType rounding)
    implements TensorSource {
  // the codes of so many outputs lie in one line of the processor's cache
  private static final int BLOCK = 16;

  @Override
  public void scan(TensorStore.Visitor visitor) {
    int outputs = Math.toIntExact(info.shape()[0]);
    int inputs = groups.length;
    int[] words = WeightParts.words(packed);
    float[] numbers = new float[Math.multiplyExact(BLOCK, inputs)];
    for (int first = 0; first < outputs; first += BLOCK) {
      int count = Math.min(BLOCK, outputs - first);
      codes.unpack(words, first, count, numbers, inputs);
      for (int o = 0; o < count; o++) {
        scale(numbers, o * inputs, first + o, outputs);
      }
      rounding.round(numbers, count * inputs);
      visitor.visit(numbers, count * inputs);
    }
  }

  private void scale(float[] numbers, int from, int output, int outputs) {
    for (int i = 0; i < groups.length; i++) {
      int at = groups[i] * outputs + output;
      numbers[from + i] = scales[at] * (numbers[from + i] - zeros[at]);
    }
  }

  @Override
  public ByteBuffer bytes() {
    return packed.bytes();
  }
}
