package dev.palimpsest.decoder.kernel;

import java.util.Objects;

/**
 * What the kernel read from a row.
 *
 * @param logProbs natural log-probability of each target
 * @param mostLikely most likely next token of each row that was read
 * @param logits of the last position, or empty if they were not asked for
 */
public record Likelihoods(float[] logProbs, long[] mostLikely, float[] logits) {
  public Likelihoods {
    Objects.requireNonNull(logProbs, "logProbs is null");
    Objects.requireNonNull(mostLikely, "mostLikely is null");
    Objects.requireNonNull(logits, "logits is null");
  }
}
