package dev.palimpsest.inference;

import java.util.Objects;

/**
 * What the model computes on one sequence of token ids.
 *
 * @param logitsLast logits at the last position, one per vocabulary entry, float32
 * @param logProbs log p(ids[i+1] | ids[..i]), length n-1
 * @param argmax most likely next token at every position, length n
 */
public record SequenceLogits(float[] logitsLast, float[] logProbs, int[] argmax) {
  public SequenceLogits {
    Objects.requireNonNull(logitsLast, "logitsLast is null");
    Objects.requireNonNull(logProbs, "logProbs is null");
    Objects.requireNonNull(argmax, "argmax is null");
  }
}
