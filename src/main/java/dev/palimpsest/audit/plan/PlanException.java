package dev.palimpsest.audit.plan;

import dev.palimpsest.audit.AuditException;

/** A request that no plan can be made of, as one sentence. */
public class PlanException extends AuditException {
  public PlanException(String message) {
    super(message);
  }

  public PlanException(String message, Throwable cause) {
    super(message, cause);
  }
}
