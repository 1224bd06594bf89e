package dev.palimpsest.decoder.family;

/**
 * Inverse frequencies of rotary embeddings, in float32 arithmetic as transformers computes them.
 *
 * <p>Dimension pair i of d turns by {@code position / theta^(2i/d)}; the types bend this for
 * sequences longer than those of the first training.
 */
public final class RopeFrequencies {
  /** Powers of a base, float32, as the engine computes them. */
  @FunctionalInterface
  public interface Powers {
    float[] of(double base, float[] exponents);
  }

  private RopeFrequencies() {}

  /**
   * Returns one inverse frequency per rotated pair of dimensions; for "longrope" those of short
   * sequences and then those of long ones.
   */
  public static float[] of(RopeSettings rope, Powers powers) {
    float[] wavelengths = powers.of(rope.theta(), exponents(rope.dimensions()));
    if (rope.type().equals("yarn")) {
      return Yarn.inverse(rope, wavelengths);
    }
    if (rope.type().equals("longrope")) {
      return LongRope.inverse(rope, wavelengths);
    }
    float[] inverse = new float[wavelengths.length];
    for (int i = 0; i < inverse.length; i++) {
      inverse[i] = stretch(rope, 1 / wavelengths[i]);
    }
    return inverse;
  }

  private static float[] exponents(int dimensions) {
    float[] exponents = new float[dimensions / 2];
    for (int i = 0; i < exponents.length; i++) {
      exponents[i] = (float) (2 * i) / dimensions;
    }
    return exponents;
  }

  private static float stretch(RopeSettings rope, float inverse) {
    return switch (rope.type()) {
      case "linear" -> inverse / (float) rope.parameters().positiveNumber("factor");
      case "llama3" -> llama3(rope, inverse);
      default -> inverse; // "dynamic" differs only beyond the limit, where the kernel computes it
    };
  }

  /** Long waves are stretched, short ones kept, those between interpolated. */
  private static float llama3(RopeSettings rope, float inverse) {
    double length = rope.originalLength();
    double low = rope.parameters().positiveNumber("low_freq_factor");
    double high = rope.parameters().positiveNumber("high_freq_factor");
    float factor = (float) rope.parameters().positiveNumber("factor");
    float wave = (float) (2 * Math.PI) / inverse;
    if (wave > (float) (length / low)) {
      return inverse / factor;
    }
    if (wave < (float) (length / high)) {
      return inverse;
    }
    float smooth = ((float) length / wave - (float) low) / (float) (high - low);
    return (1 - smooth) * inverse / factor + smooth * inverse;
  }
}
