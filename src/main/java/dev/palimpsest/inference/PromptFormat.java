package dev.palimpsest.inference;

import java.util.Objects;

/**
 * What turns a prompt into tokens.
 *
 * @param tokenizerDigest sha256 of the tokenizer's content, lower-case hex
 * @param templateDigest sha256 of the chat template, or "" if there is none
 */
public record PromptFormat(String tokenizerDigest, String templateDigest) {
  public PromptFormat {
    Objects.requireNonNull(tokenizerDigest, "tokenizerDigest is null");
    Objects.requireNonNull(templateDigest, "templateDigest is null");
  }

  /** Tells whether messages can be rendered, or only plain text. */
  public boolean hasChatTemplate() {
    return !templateDigest.isEmpty();
  }
}
