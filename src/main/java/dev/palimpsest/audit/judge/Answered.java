package dev.palimpsest.audit.judge;

import dev.palimpsest.CanonicalJson;
import dev.palimpsest.Sha256;
import java.util.List;
import java.util.Objects;

/**
 * A question and an answer to it, without a word on who answered.
 *
 * @param question the whole message that was answered
 * @param answer as it was written; may be empty
 */
public record Answered(String question, String answer) {
  public Answered {
    Objects.requireNonNull(question, "question is null");
    Objects.requireNonNull(answer, "answer is null");
  }

  /** Returns the sha256 of both, lower-case hex. */
  public String digest() {
    return Sha256.hex(CanonicalJson.bytes(List.of(question, answer)));
  }
}
