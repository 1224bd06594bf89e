package dev.palimpsest.retrieval;

import dev.palimpsest.UserFacingException;

/** A folder that no passages can be taken from, as one sentence. */
public final class RetrievalException extends UserFacingException {
  public RetrievalException(String message) {
    super(message);
  }

  public RetrievalException(String message, Throwable cause) {
    super(message, cause);
  }
}
