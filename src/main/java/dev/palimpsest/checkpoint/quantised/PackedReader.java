package dev.palimpsest.checkpoint.quantised;

import dev.palimpsest.checkpoint.tensor.StoredTensor;
import dev.palimpsest.checkpoint.tensor.StoredType;
import dev.palimpsest.checkpoint.tensor.TensorInfo;
import dev.palimpsest.checkpoint.tensor.TensorSource;
import java.util.Map;

/** Reads the parts of one GPTQ or AWQ weight and holds them against each other. */
final class PackedReader {
  private static final String CODES = ".qweight";
  private static final int[] AWQ_SHIFTS = {0, 16, 4, 20, 8, 24, 12, 28};

  private final WeightParts parts;
  private final String weight;
  private final int groupSize;
  private final StoredTensor codes;

  PackedReader(Map<String, StoredTensor> tensors, String weight, int groupSize) {
    this.parts = new WeightParts(tensors, PackedFormat.module(weight), CODES);
    this.weight = weight;
    this.groupSize = groupSize;
    this.codes = parts.get(CODES);
    boolean matrix = codes.info().shape().length == 2 && codes.info().byteLength() > 0;
    if (codes.info().type() != StoredType.I32 || !matrix) {
      throw parts.refuse(
          "%s of %s is %s %s, expected a matrix of I32"
              .formatted(
                  CODES.substring(1), weight, codes.info().type(), codes.info().shapeText()));
    }
  }

  /** Joins a weight whose codes run down the columns. */
  TensorSource gptq(GptqFormat format) {
    int bits = format.bits();
    int out = size(1);
    int in = whole(32L * size(0), bits, "inputs");
    int[] groups = groups(in);
    int count = groupCount(in, groups);
    int[] zeros = parts.words(".qzeros", count, whole((long) out * bits, 32, "words of zeros"));
    return new PackedTensor(
        codes,
        info(StoredType.gptq(bits), out, in),
        new ColumnCodes(bits, in, out),
        ColumnCodes.zeros(zeros, count, out, format),
        parts.numbers(".scales", (long) count * out),
        groups,
        rounding());
  }

  /** Joins a weight whose codes run along the rows in AWQ's order. */
  TensorSource awq() {
    int in = size(0);
    int out = whole(8L * size(1), 1, "outputs");
    int[] groups = inOrder(in);
    int count = groupCount(in, groups);
    int[] words = parts.words(".qzeros", count, size(1));
    int[] zeros = new int[Math.multiplyExact(count, out)];
    for (int i = 0; i < zeros.length; i++) {
      zeros[i] = (words[i / 8] >>> AWQ_SHIFTS[i % 8]) & 15;
    }
    return new PackedTensor(
        codes,
        info(StoredType.AWQ_4, out, in),
        new RowCodes(AWQ_SHIFTS, out),
        zeros,
        parts.numbers(".scales", zeros.length),
        groups,
        rounding());
  }

  private int size(int dimension) {
    return whole(codes.info().shape()[dimension], 1, "words");
  }

  private int whole(long total, int unit, String what) {
    if (total % unit != 0 || total / unit > Integer.MAX_VALUE) {
      throw parts.refuse("%s does not hold whole %s".formatted(weight, what));
    }
    return Math.toIntExact(total / unit);
  }

  private TensorInfo info(StoredType type, int out, int in) {
    return new TensorInfo(weight, type, new long[] {out, in}, codes.info().byteLength());
  }

  private int[] groups(int in) {
    if (!parts.has(".g_idx")) {
      return inOrder(in);
    }
    TensorInfo info = parts.get(".g_idx").info();
    if (info.type() != StoredType.I32 || info.elements() != in) {
      throw parts.refuse(
          "%s has g_idx %s %s, expected I32 [%d]"
              .formatted(weight, info.type(), info.shapeText(), in));
    }
    return WeightParts.words(parts.get(".g_idx"));
  }

  private int[] inOrder(int in) {
    int[] groups = new int[in];
    for (int i = 0; i < in && groupSize > 0; i++) {
      groups[i] = i / groupSize;
    }
    return groups;
  }

  /** Returns the number of groups, each of which must have scales. */
  private int groupCount(int in, int[] groups) {
    int size = groupSize > 0 ? groupSize : in;
    int count = Math.max(1, (in + size - 1) / size);
    for (int group : groups) {
      if (group < 0 || group >= count) {
        throw parts.refuse(
            "%s has an input of group %d, but there are %d groups".formatted(weight, group, count));
      }
    }
    return count;
  }

  /** The methods' own kernels multiply in the type of the scales. */
  private StoredType rounding() {
    StoredType type = parts.get(".scales").info().type();
    return type == StoredType.F16 || type == StoredType.BF16 ? type : StoredType.F32;
  }
}
