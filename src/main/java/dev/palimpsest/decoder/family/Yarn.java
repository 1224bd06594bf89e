package dev.palimpsest.decoder.family;

/** The rope type "yarn" (Peng et al. 2023, arXiv:2309.00071), by parts of the wavelengths. */
final class Yarn {
  private Yarn() {}

  static double scale(RopeSettings rope) {
    if (rope.parameters().has("attention_factor")) {
      return rope.parameters().positiveNumber("attention_factor");
    }
    double factor = factor(rope);
    double numerator = rope.parameters().number("mscale", 0);
    double denominator = rope.parameters().number("mscale_all_dim", 0);
    return numerator != 0 && denominator != 0
        ? attention(factor, numerator) / attention(factor, denominator)
        : attention(factor, 1);
  }

  private static double attention(double factor, double weight) {
    return factor <= 1 ? 1 : 0.1 * weight * Math.log(factor) + 1;
  }

  private static double factor(RopeSettings rope) {
    return rope.parameters()
        .positiveNumber("factor", (double) rope.maxLength() / rope.originalLength());
  }

  /** Interpolates dimensions that turn rarely, keeps those that turn often, ramps between. */
  static float[] inverse(RopeSettings rope, float[] wavelengths) {
    double low = dimension(rope, orDefault(rope.parameters().number("beta_fast", 32), 32));
    double high = dimension(rope, orDefault(rope.parameters().number("beta_slow", 1), 1));
    if (rope.parameters().flag("truncate", true)) {
      low = Math.floor(low);
      high = Math.ceil(high);
    }
    low = Math.max(low, 0);
    high = Math.min(high, rope.dimensions() - 1);
    if (low == high) {
      high += 0.001;
    }
    float[] inverse = new float[wavelengths.length];
    for (int i = 0; i < inverse.length; i++) {
      float ramp = (i - (float) low) / (float) (high - low);
      float kept = 1 - Math.min(1, Math.max(0, ramp));
      float stretched = 1 / ((float) factor(rope) * wavelengths[i]);
      inverse[i] = stretched * (1 - kept) + 1 / wavelengths[i] * kept;
    }
    return inverse;
  }

  private static double orDefault(double value, double absent) {
    return value == 0 ? absent : value;
  }

  /** The dimension that makes so many turns over the original length. */
  private static double dimension(RopeSettings rope, double turns) {
    return rope.dimensions()
        * Math.log(rope.originalLength() / (turns * 2 * Math.PI))
        / (2 * Math.log(rope.theta()));
  }
}
