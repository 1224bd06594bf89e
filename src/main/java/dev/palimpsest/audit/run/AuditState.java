package dev.palimpsest.audit.run;

/** Where an audit's job is. */
public enum AuditState {
  /** Frozen, waiting for its turn. */
  QUEUED,
  RUNNING,
  /** Every item of every arm has an outcome. */
  FINISHED,
  /** Stopped by a person; what ran is kept, a gate cannot pass. */
  CANCELLED,
  /** Could not go on; the reason is in the status. What ran is kept and it can be resumed. */
  FAILED
}
