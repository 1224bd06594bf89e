package dev.palimpsest.decoder;

import java.util.Objects;

/**
 * What a runner says of the model it loaded; it goes into the provenance of every outcome.
 *
 * @param family the architecture, as config.json names it ("llama")
 * @param parameters number of weights
 * @param maxLength the longest sequence the model takes, in tokens
 * @param vocabularySize rows of the output head
 * @param device "cpu" or "cuda:0"
 * @param engine name and version of the engine
 * @param tokenizerDigest sha256 of the tokenizer's content, lower-case hex
 * @param templateDigest sha256 of the chat template, or "" if it has none
 */
public record ModelDescription(
    String family,
    long parameters,
    int maxLength,
    int vocabularySize,
    String device,
    String engine,
    String tokenizerDigest,
    String templateDigest) {
  public ModelDescription {
    Objects.requireNonNull(family, "family is null");
    Objects.requireNonNull(device, "device is null");
    Objects.requireNonNull(engine, "engine is null");
    Objects.requireNonNull(tokenizerDigest, "tokenizerDigest is null");
    Objects.requireNonNull(templateDigest, "templateDigest is null");
  }

  /** Tells whether messages can be rendered, or only plain text. */
  public boolean hasChatTemplate() {
    return !templateDigest.isEmpty();
  }
}
