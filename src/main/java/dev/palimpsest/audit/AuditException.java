package dev.palimpsest.audit;

import dev.palimpsest.UserFacingException;

/** An audit that cannot be planned or go on, as one sentence. */
public class AuditException extends UserFacingException {
  public AuditException(String message) {
    super(message);
  }

  public AuditException(String message, Throwable cause) {
    super(message, cause);
  }
}
