package dev.palimpsest.decoder.family;

import dev.palimpsest.checkpoint.ModelConfig;
import java.util.List;

/**
 * The rope type "longrope" (Ding et al. 2024, arXiv:2402.13753): wavelengths times a factor of
 * their own, one set for sequences up to the original length and one for longer ones.
 *
 * <p>As in transformers, a sequence's whole length chooses the set for all of its tokens.
 */
final class LongRope {
  private static final String SHORT = "short_factor";
  private static final String LONG = "long_factor";

  private LongRope() {}

  /** Fails unless there is a factor in each set for every pair of dimensions. */
  static void check(ModelConfig parameters, int pairs) {
    for (String field : List.of(SHORT, LONG)) {
      if (parameters.numbers(field).size() != pairs) {
        throw parameters.wrong(field, "a list of " + pairs + " numbers");
      }
    }
  }

  /** Returns the short set, then the long one. */
  static float[] inverse(RopeSettings rope, float[] wavelengths) {
    List<Double> shorter = rope.parameters().numbers(SHORT);
    List<Double> longer = rope.parameters().numbers(LONG);
    int n = wavelengths.length;
    float[] inverse = new float[2 * n];
    for (int i = 0; i < n; i++) {
      inverse[i] = 1 / (shorter.get(i).floatValue() * wavelengths[i]);
      inverse[n + i] = 1 / (longer.get(i).floatValue() * wavelengths[i]);
    }
    return inverse;
  }

  static double scale(RopeSettings rope) {
    if (rope.parameters().has("attention_factor")) {
      return rope.parameters().positiveNumber("attention_factor");
    }
    double original = rope.originalLength();
    double factor = rope.parameters().positiveNumber("factor", rope.maxLength() / original);
    return factor <= 1 ? 1 : Math.sqrt(1 + Math.log(factor) / Math.log(original));
  }
}
