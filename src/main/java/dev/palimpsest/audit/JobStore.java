package dev.palimpsest.audit;

import dev.palimpsest.storage.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The queue of jobs: each is run by one process at a time, which renews a lease while it lives.
 *
 * <p>A job whose lease ran out belonged to a process that is gone, and is claimed again.
 */
final class JobStore {
  static final Duration LEASE = Duration.ofSeconds(60);

  private static final String NEXT =
      """
      select audit_id from job
      where state = 'QUEUED' or (state = 'RUNNING' and lease_until < :now)
      order by queued_at, audit_id
      fetch first 1 row only
      for update
      """;

  private final Database database;
  private final String owner;

  JobStore(Database database, String owner) {
    this.database = database;
    this.owner = owner;
  }

  /** A job's state and, where it failed, why. */
  record Job(AuditState state, String message) {}

  Optional<Job> find(String auditId) {
    return database.read(
        handle ->
            handle
                .createQuery("select state, message from job where audit_id = :audit")
                .bind("audit", auditId)
                .map(
                    (row, context) ->
                        new Job(
                            AuditState.valueOf(row.getString("state")), row.getString("message")))
                .findOne());
  }

  /** Takes the next job, if there is one, and leases it to this process. */
  Optional<String> claim(Instant now) {
    return database.read(
        handle -> {
          Optional<String> next =
              handle
                  .createQuery(NEXT)
                  .bind("now", AuditStore.time(now))
                  .mapTo(String.class)
                  .findOne();
          next.ifPresent(auditId -> lease(handle, auditId, now));
          return next;
        });
  }

  /** Keeps a running job for this process. */
  void renew(String auditId, Instant now) {
    database.write(
        handle ->
            handle.execute(
                "update job set lease_until = ? where audit_id = ? and lease_owner = ?",
                AuditStore.time(now.plus(LEASE)),
                auditId,
                owner));
  }

  /** Ends the lease and says what became of the job. */
  void settle(String auditId, AuditState state, String message) {
    database.write(
        handle ->
            handle.execute(
                "update job set state = ?, message = ?, lease_owner = null, lease_until = null"
                    + " where audit_id = ?",
                state.name(),
                message,
                auditId));
  }

  /** Puts a job at the end of the queue. */
  void queue(String auditId, Instant now) {
    database.write(
        handle ->
            handle.execute(
                "update job set state = ?, message = '', queued_at = ?, lease_owner = null,"
                    + " lease_until = null where audit_id = ?",
                AuditState.QUEUED.name(),
                AuditStore.time(now),
                auditId));
  }

  /**
   * Queues every job that is marked as running. Right where the database belongs to one process:
   * whoever was running them is gone.
   */
  int requeueAbandoned() {
    return database.read(
        handle ->
            handle
                .createUpdate(
                    "update job set state = 'QUEUED', lease_owner = null, lease_until = null"
                        + " where state = 'RUNNING'")
                .execute());
  }

  private void lease(Handle handle, String auditId, Instant now) {
    handle.execute(
        "update job set state = ?, message = '', lease_owner = ?, lease_until = ?"
            + " where audit_id = ?",
        AuditState.RUNNING.name(),
        owner,
        AuditStore.time(now.plus(LEASE)),
        auditId);
  }
}
