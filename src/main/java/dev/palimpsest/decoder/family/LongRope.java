package dev.palimpsest.decoder.family;

import java.util.List;

/**
 * The rope type "longrope" (Ding et al. 2024, arXiv:2402.13753): wavelengths times a factor of
 * their own, one set for sequences up to the original length and one for longer ones.
 *
 * <p>As in transformers, a sequence's whole length chooses the set for all of its tokens.
 */
final class LongRope {
  private LongRope() {}

  /** Returns the short set, then the long one. */
  static float[] inverse(RopeSettings rope, float[] wavelengths) {
    List<Double> shorter = factors(rope, "short_factor", wavelengths.length);
    List<Double> longer = factors(rope, "long_factor", wavelengths.length);
    int n = wavelengths.length;
    float[] inverse = new float[2 * n];
    for (int i = 0; i < n; i++) {
      inverse[i] = 1 / (shorter.get(i).floatValue() * wavelengths[i]);
      inverse[n + i] = 1 / (longer.get(i).floatValue() * wavelengths[i]);
    }
    return inverse;
  }

  private static List<Double> factors(RopeSettings rope, String field, int count) {
    List<Double> factors = rope.parameters().numbers(field);
    if (factors.size() != count) {
      throw rope.parameters().wrong(field, "a list of " + count + " numbers");
    }
    return factors;
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
