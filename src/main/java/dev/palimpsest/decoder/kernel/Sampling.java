package dev.palimpsest.decoder.kernel;

import java.util.Objects;

/**
 * How the next tokens are picked.
 *
 * @param draws uniform numbers in [0, 1), for each row its own steps one after the other
 * @param temperature 0 for the most likely token
 * @param topP mass of the nucleus, in (0, 1]
 * @param penalty what the logits of tokens that a row has are divided or multiplied by; 1 for none
 */
public record Sampling(float[] draws, double temperature, double topP, double penalty) {
  public Sampling {
    Objects.requireNonNull(draws, "draws is null");
  }
}
