package dev.palimpsest.inference;

import java.util.Objects;

/**
 * What a pair runner says of the models it loaded.
 *
 * @param vocabularySize tokens of both
 * @param maxLength the longest sequence that both take, in tokens
 * @param format what prompts are encoded by
 * @param device "cpu" or "cuda:0"
 */
public record PairDescription(
    int vocabularySize, int maxLength, PromptFormat format, String device) {
  public PairDescription {
    Objects.requireNonNull(format, "format is null");
    Objects.requireNonNull(device, "device is null");
  }
}
