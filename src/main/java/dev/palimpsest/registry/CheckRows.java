package dev.palimpsest.registry;

import dev.palimpsest.ledger.Ledger;
import dev.palimpsest.ledger.LedgerEntry;
import dev.palimpsest.registry.RegisteredCheckpoint.State;
import dev.palimpsest.storage.Database;
import dev.palimpsest.storage.Lease;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/**
 * The checks in the table {@code checkpoint}: each is run by one process at a time, which renews a
 * lease while it lives. Who lost a lease settles nothing.
 */
final class CheckRows {
  private static final String UNDER_WAY =
      "select id, lease_owner, lease_until from checkpoint where state = 'CHECKING'";

  private static final String OWN =
      " where id = :id and state = 'CHECKING' and lease_owner = :owner";

  private static final String ENDED = "lease_owner = null, lease_until = null";

  private final Database database;
  private final String owner;

  /**
   * Creates the checks as one process sees them.
   *
   * @param owner names it in leases
   */
  CheckRows(Database database, String owner) {
    this.database = database;
    this.owner = owner;
  }

  private record UnderWay(String id, Lease lease) {}

  /** Moves a checkpoint from a state to its check, which is this process's; false if it was not. */
  boolean begin(String id, State from, Instant now) {
    return database.read(
        handle ->
            handle
                    .createUpdate(
                        "update checkpoint set state = 'CHECKING', lease_owner = :owner,"
                            + " lease_until = :until where id = :id and state = :from")
                    .bind("id", id)
                    .bind("from", from.name())
                    .bind("owner", owner)
                    .bind("until", Lease.endOf(now))
                    .execute()
                == 1);
  }

  /** Takes the check of a checkpoint that was added in the same transaction. */
  void take(Handle handle, String id, Instant now) {
    handle.execute(
        "update checkpoint set lease_owner = ?, lease_until = ? where id = ?",
        owner,
        Lease.endOf(now),
        id);
  }

  /** Takes the checks whose process has ended or let its lease run out, and returns which. */
  List<String> claimAbandoned(Instant now) {
    return claim(lease -> lease.isAbandoned(now), now);
  }

  /**
   * Takes all checks that another process ran. Right where the database belongs to one process:
   * whoever was running them is gone.
   */
  List<String> claimOthers(Instant now) {
    return claim(lease -> !lease.owner().equals(owner), now);
  }

  private List<String> claim(Predicate<Lease> free, Instant now) {
    List<UnderWay> all =
        database.read(
            handle ->
                handle
                    .createQuery(UNDER_WAY)
                    .map((row, context) -> new UnderWay(row.getString("id"), Lease.of(row)))
                    .list());
    return all.stream()
        .filter(check -> free.test(check.lease()) && claim(check, now))
        .map(UnderWay::id)
        .toList();
  }

  /** Leaves the check alone if somebody has taken it, or renewed its lease, in the meantime. */
  private boolean claim(UnderWay check, Instant now) {
    return database.read(
        handle ->
            handle
                    .createUpdate(
                        "update checkpoint set lease_owner = :owner, lease_until = :until"
                            + " where id = :id and state = 'CHECKING' and "
                            + check.lease().isUnchanged())
                    .bind("id", check.id())
                    .bind("owner", owner)
                    .bind("until", Lease.endOf(now))
                    .bindMap(check.lease().found())
                    .execute()
                == 1);
  }

  /**
   * Keeps a check for this process.
   *
   * @return whether it still is this process's: another one may have taken it over
   */
  boolean renew(String id, Instant now) {
    return database.read(
        handle ->
            own(handle, id, "update checkpoint set lease_until = :until")
                    .bind("until", Lease.endOf(now))
                    .execute()
                == 1);
  }

  /** Gives checks back, so that whoever runs them next need not wait for the lease to run out. */
  void release(Collection<String> ids) {
    database.write(
        handle -> {
          for (String id : ids) {
            own(handle, id, "update checkpoint set " + ENDED).execute();
          }
        });
  }

  /**
   * Takes a checkpoint back to where files are missing, which are begun anew.
   *
   * @return whether that was this process's to say
   */
  boolean takeBack(String id, String problem, List<Upload> again, Instant expiresAt) {
    return settle(
        id,
        "state = 'UPLOADING', problem = :problem",
        update -> update.bind("problem", problem),
        handle -> {
          for (Upload file : again) {
            UploadRows.restart(handle, file.id(), Ids.upload(), file.modified());
          }
          handle
              .createUpdate("update upload set expires_at = :at where checkpoint_id = :id")
              .bind("at", expiresAt.atOffset(ZoneOffset.UTC))
              .bind("id", id)
              .execute();
        });
  }

  /**
   * Marks a checkpoint as ready.
   *
   * @return whether that was this process's to say
   */
  boolean ready(String id, Path location, CheckpointCheck.Outcome outcome) {
    return settle(
        id,
        "state = 'READY', location = :location, bytes = :bytes, digest = :digest,"
            + " inspection = :inspection, problem = null",
        update ->
            update
                .bind("location", location.toString())
                .bind("bytes", outcome.bytes())
                .bind("digest", outcome.digest())
                .bind("inspection", outcome.inspection()),
        handle -> {
          CheckpointFiles.replace(handle, id, outcome.files());
          Ledger.append(
              handle,
              LedgerEntry.ofCheckpoint(
                  "checkpoint.accepted", LedgerEntry.Actor.SYSTEM, id, outcome.digest(), Map.of()));
        });
  }

  /**
   * Marks a checkpoint as refused, with what its inspection found if it came so far.
   *
   * @return whether that was this process's to say
   */
  boolean rejected(String id, String problem, String inspection) {
    return settle(
        id,
        "state = 'REJECTED', problem = :problem, inspection = :inspection",
        update -> update.bind("problem", problem).bind("inspection", inspection),
        handle -> CheckpointRows.noteRefusal(handle, id));
  }

  /**
   * Ends this process's check of a checkpoint, and its lease.
   *
   * @param columns what is set
   * @param values binds them
   * @param rest what else is written where the check was this process's
   */
  private boolean settle(
      String id, String columns, UnaryOperator<Update> values, Consumer<Handle> rest) {
    return database.read(
        handle -> {
          Update update = own(handle, id, "update checkpoint set " + columns + ", " + ENDED);
          boolean mine = values.apply(update).execute() == 1;
          if (mine) {
            rest.accept(handle);
          }
          return mine;
        });
  }

  private Update own(Handle handle, String id, String update) {
    return handle.createUpdate(update + OWN).bind("id", id).bind("owner", owner);
  }
}
