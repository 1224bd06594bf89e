package dev.palimpsest.evidence;

import dev.palimpsest.UserFacingException;

/** Evidence that cannot be made, or a key that cannot be used, as one sentence. */
public final class EvidenceException extends UserFacingException {
  public EvidenceException(String message) {
    super(message);
  }

  public EvidenceException(String message, Throwable cause) {
    super(message, cause);
  }
}
