package dev.palimpsest.registry;

import dev.palimpsest.UserFacingException;
import java.util.Objects;

/** A request to the registry that cannot be met, as one sentence. */
public final class RegistryException extends UserFacingException {
  /** What kind of refusal it is; a web layer maps it to a status. */
  public enum Reason {
    INVALID,
    NOT_FOUND,
    CONFLICT,
    TOO_LARGE,
    /** The disk or the quota has no room; what is stored already stays. */
    NO_SPACE,
    /** Someone else is writing. */
    LOCKED,
    GONE,
    CHECKSUM
  }

  private final Reason reason;

  public RegistryException(Reason reason, String message) {
    super(message);
    this.reason = Objects.requireNonNull(reason, "reason is null");
  }

  /** Returns what kind of refusal it is. */
  public Reason reason() {
    return reason;
  }
}
