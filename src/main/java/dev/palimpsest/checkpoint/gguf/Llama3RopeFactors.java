package dev.palimpsest.checkpoint.gguf;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.Json;
import dev.palimpsest.checkpoint.CheckpointException;
import java.util.Optional;

/**
 * Finds the llama3 rope scaling back from the factors that llama.cpp stores instead of it.
 *
 * <p>The converter divides each rotary frequency by a factor: 1 for wavelengths below L / high, s
 * for those above L / low, a blend between, where L is the original context length. All published
 * models use low = 1, high = 4, L = 8192; those are tried and must reproduce the stored factors.
 */
final class Llama3RopeFactors {
  private static final double LOW = 1;
  private static final double HIGH = 4;
  private static final int ORIGINAL_CONTEXT = 8192;
  private static final double TOLERANCE = 1e-4;

  private Llama3RopeFactors() {}

  /**
   * Returns the rope_scaling object; nothing if all factors are 1.
   *
   * @param file the file that failures name
   * @param stored the factors
   * @param theta base of the wavelengths
   */
  static Optional<ObjectNode> of(String file, float[] stored, double theta) {
    double scale = 1;
    for (float factor : stored) {
      scale = Math.max(scale, factor);
    }
    if (scale == 1) {
      return Optional.empty();
    }
    requireReproduced(file, stored, scale, theta);
    return Optional.of(
        Json.mapper()
            .createObjectNode()
            .put("rope_type", "llama3")
            .put("factor", scale)
            .put("low_freq_factor", LOW)
            .put("high_freq_factor", HIGH)
            .put("original_max_position_embeddings", ORIGINAL_CONTEXT));
  }

  private static void requireReproduced(String file, float[] stored, double scale, double theta) {
    for (int i = 0; i < stored.length; i++) {
      double expected = factor(i, stored.length, scale, theta);
      if (!(Math.abs(stored[i] - expected) <= TOLERANCE * expected)) {
        throw new CheckpointException(
            file,
            "has rope factors that are not the llama3 scaling (%s at %d, expected %s)"
                .formatted(stored[i], i, (float) expected));
      }
    }
  }

  /** Returns how much the frequency {@code i} of {@code count} is slowed. */
  static double factor(int i, int count, double scale, double theta) {
    double wavelength = 2 * Math.PI * Math.pow(theta, (double) i / count);
    if (wavelength < ORIGINAL_CONTEXT / HIGH) {
      return 1;
    }
    if (wavelength > ORIGINAL_CONTEXT / LOW) {
      return scale;
    }
    double smooth = (ORIGINAL_CONTEXT / wavelength - LOW) / (HIGH - LOW);
    return 1 / ((1 - smooth) / scale + smooth);
  }
}
