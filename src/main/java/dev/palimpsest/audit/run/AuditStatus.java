package dev.palimpsest.audit.run;

import java.util.Objects;

/**
 * How far an audit's job is.
 *
 * @param auditId of the audit
 * @param state of the job
 * @param done outcomes there are, reused ones included
 * @param total outcomes there will be
 * @param step what is being done now, a phrase for people
 * @param secondsLeft estimate, or -1 where there is none yet
 * @param message why it failed, or ""
 */
public record AuditStatus(
    String auditId,
    AuditState state,
    int done,
    int total,
    String step,
    long secondsLeft,
    String message) {
  public AuditStatus {
    Objects.requireNonNull(auditId, "auditId is null");
    Objects.requireNonNull(state, "state is null");
    Objects.requireNonNull(step, "step is null");
    Objects.requireNonNull(message, "message is null");
  }
}
