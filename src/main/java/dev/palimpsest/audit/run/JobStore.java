package dev.palimpsest.audit.run;

import dev.palimpsest.ledger.Ledger;
import dev.palimpsest.ledger.LedgerEntry;
import dev.palimpsest.storage.Database;
import dev.palimpsest.storage.Lease;
import dev.palimpsest.storage.StoredText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;

/**
 * The queue of jobs: each is run by one process at a time, which renews a lease while it lives.
 *
 * <p>A job whose lease ran out, or whose process on this machine has ended, is claimed again. What
 * runs elsewhere under a lease is left alone.
 */
final class JobStore {
  private static final String NEXT =
      """
      select audit_id from job
      where state = 'QUEUED' and (:all or audit_id in (<only>))
      order by queued_at, audit_id
      fetch first 1 row only
      for update skip locked
      """;

  private static final String RUNNING =
      "select audit_id, lease_owner, lease_until from job where state = 'RUNNING'";

  private static final String AHEAD =
      """
      select j.audit_id, j.state, j.lease_owner from job j, job mine
      where mine.audit_id = :audit and j.audit_id <> mine.audit_id
        and (j.state = 'RUNNING' or (j.state = 'QUEUED' and (j.queued_at < mine.queued_at
          or (j.queued_at = mine.queued_at and j.audit_id < mine.audit_id))))
      order by case when j.state = 'RUNNING' then 0 else 1 end, j.queued_at, j.audit_id
      """;

  /** A list in SQL must not be empty, and no audit has this id. */
  private static final List<String> NOBODY = List.of("");

  private final Database database;
  private final String owner;

  JobStore(Database database, String owner) {
    this.database = database;
    this.owner = owner;
  }

  /** A job's state and, where it failed, why. */
  record Job(AuditState state, String message) {}

  private record Running(String auditId, Lease lease) {}

  /** A job that comes before another one; the owner is "" unless it runs. */
  record Ahead(String auditId, boolean running, String owner) {}

  Optional<Job> find(String auditId) {
    return database.read(
        handle ->
            handle
                .createQuery("select state, message from job where audit_id = :audit")
                .bind("audit", auditId)
                .map(
                    (row, context) ->
                        new Job(
                            AuditState.valueOf(row.getString("state")),
                            StoredText.read(row.getString("message"))))
                .findOne());
  }

  /** Returns who runs a job, if somebody does. */
  Optional<Lease> lease(String auditId) {
    return running().stream()
        .filter(job -> job.auditId().equals(auditId))
        .map(Running::lease)
        .findFirst();
  }

  /** Returns the jobs that a queued one waits for, first the one that runs. */
  List<Ahead> ahead(String auditId) {
    return database.read(
        handle ->
            handle
                .createQuery(AHEAD)
                .bind("audit", auditId)
                .map(
                    (row, context) ->
                        new Ahead(
                            row.getString("audit_id"),
                            row.getString("state").equals(AuditState.RUNNING.name()),
                            Objects.requireNonNullElse(row.getString("lease_owner"), "")))
                .list());
  }

  /** Takes the next job, if there is one, and leases it to this process. */
  Optional<String> claim(Instant now) {
    return claim(now, Optional.empty());
  }

  /**
   * Takes the next job, if there is one, and leases it to this process; abandoned ones are queued
   * again before.
   *
   * @param only the jobs to choose from; empty for all
   */
  Optional<String> claim(Instant now, Optional<Set<String>> only) {
    requeueAbandoned(now);
    List<String> names = only.map(List::copyOf).filter(list -> !list.isEmpty()).orElse(NOBODY);
    return database.read(
        handle -> {
          Optional<String> next =
              handle
                  .createQuery(NEXT)
                  .bind("all", only.isEmpty())
                  .bindList("only", names)
                  .mapTo(String.class)
                  .findOne();
          next.ifPresent(auditId -> lease(handle, auditId, now));
          return next;
        });
  }

  /**
   * Keeps a running job for this process.
   *
   * @return whether it still is this process's: another one may have taken it over, or a person may
   *     have cancelled it
   */
  boolean renew(String auditId, Instant now) {
    return database.read(
            handle ->
                handle.execute(
                    "update job set lease_until = ? where audit_id = ? and lease_owner = ?",
                    Lease.endOf(now),
                    auditId,
                    owner))
        > 0;
  }

  /** Ends the lease of this process, if it has one, and says what became of the job. */
  void settleOwn(String auditId, AuditState state, String message) {
    database.write(
        handle ->
            handle.execute(
                "update job set state = ?, message = ?, lease_owner = null, lease_until = null"
                    + " where audit_id = ? and lease_owner = ?",
                state.name(),
                message,
                auditId,
                owner));
  }

  /** Gives a job that this process runs back to its place in the queue. */
  void release(String auditId) {
    settleOwn(auditId, AuditState.QUEUED, "");
  }

  /** Ends anybody's lease and says what became of the job. */
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
   * Queues the jobs again whose process has ended or let its lease run out.
   *
   * @return how many there were
   */
  int requeueAbandoned(Instant now) {
    return requeue(job -> job.lease().isAbandoned(now));
  }

  /**
   * Queues all jobs again that another process ran. Right where the database belongs to one
   * process: whoever was running them is gone.
   */
  int requeueOthers() {
    return requeue(job -> !job.lease().owner().equals(owner));
  }

  private int requeue(Predicate<Running> abandoned) {
    int count = 0;
    for (Running job : running()) {
      if (abandoned.test(job)) {
        count += requeue(job);
      }
    }
    return count;
  }

  /** Leaves the job alone if somebody has taken it, or renewed its lease, in the meantime. */
  private int requeue(Running job) {
    return database.read(
        handle ->
            handle
                .createUpdate(
                    "update job set state = 'QUEUED', lease_owner = null, lease_until = null"
                        + " where audit_id = :audit and state = 'RUNNING' and "
                        + job.lease().isUnchanged())
                .bind("audit", job.auditId())
                .bindMap(job.lease().found())
                .execute());
  }

  private List<Running> running() {
    return database.read(
        handle -> handle.createQuery(RUNNING).map((row, context) -> running(row)).list());
  }

  private static Running running(ResultSet row) throws SQLException {
    return new Running(row.getString("audit_id"), Lease.of(row));
  }

  private void lease(Handle handle, String auditId, Instant now) {
    handle.execute(
        "update job set state = ?, message = '', lease_owner = ?, lease_until = ?"
            + " where audit_id = ?",
        AuditState.RUNNING.name(),
        owner,
        Lease.endOf(now),
        auditId);
    Ledger.append(
        handle,
        LedgerEntry.ofAudit("audit.started", LedgerEntry.Actor.SYSTEM, auditId, "", Map.of()));
  }
}
