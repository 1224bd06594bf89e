package dev.palimpsest.audit.plan;

/** A gate policy that cannot be used, as one sentence. */
public final class PolicyException extends PlanException {
  public PolicyException(String message) {
    super(message);
  }

  public PolicyException(String message, Throwable cause) {
    super(message, cause);
  }
}
