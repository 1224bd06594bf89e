package dev.palimpsest.checkpoint.tensor;

import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.Printable;

/** Questions about all numbers of a tensor, answered in one pass over the file. */
public final class TensorValues {
  private TensorValues() {}

  /** Says whether every number is zero. */
  public static boolean allZero(TensorStore tensors, String name) {
    boolean[] zero = {true};
    tensors.scan(name, (numbers, count) -> zero[0] &= allZero(numbers, count));
    return zero[0];
  }

  /** Says whether no number is infinite or NaN. */
  public static boolean allFinite(TensorStore tensors, String name) {
    boolean[] finite = {true};
    tensors.scan(name, (numbers, count) -> finite[0] &= allFinite(numbers, count));
    return finite[0];
  }

  private static boolean allZero(float[] numbers, int count) {
    for (int i = 0; i < count; i++) {
      if (numbers[i] != 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * Returns a visitor that refuses numbers that are infinite or NaN, before another one takes them.
   *
   * @param file the file or folder that failures name
   */
  public static TensorStore.Visitor finite(String file, String tensor, TensorStore.Visitor next) {
    return (numbers, count) -> {
      if (!allFinite(numbers, count)) {
        throw new CheckpointException(
            file,
            "the tensor %s holds NaN or infinity; the training diverged or the file is damaged, take an earlier checkpoint or fetch it again."
                .formatted(Printable.text(tensor)));
      }
      next.visit(numbers, count);
    };
  }

  private static boolean allFinite(float[] numbers, int count) {
    // x * 0 is 0 for finite x and NaN otherwise: the sum needs no branch in the loop. There are
    // four
    // sums, as in one each addition would wait for the one before.
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    int i = 0;
    for (; i < count - 3; i += 4) {
      a += numbers[i] * 0f;
      b += numbers[i + 1] * 0f;
      c += numbers[i + 2] * 0f;
      d += numbers[i + 3] * 0f;
    }
    for (; i < count; i++) {
      a += numbers[i] * 0f;
    }
    return a + b + c + d == 0;
  }
}
