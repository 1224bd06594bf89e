package dev.palimpsest.registry;

import dev.palimpsest.ledger.Ledger;
import dev.palimpsest.ledger.LedgerEntry;
import dev.palimpsest.registry.RegisteredCheckpoint.Kind;
import dev.palimpsest.registry.RegisteredCheckpoint.Origin;
import dev.palimpsest.registry.RegisteredCheckpoint.State;
import dev.palimpsest.registry.RegistryException.Reason;
import dev.palimpsest.storage.Database;
import dev.palimpsest.storage.StoredText;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.text.Normalizer;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/** The table {@code checkpoint}. */
final class CheckpointRows {
  private static final String UNIQUE_VIOLATION = "23505";

  private final Database database;

  CheckpointRows(Database database) {
    this.database = database;
  }

  /** Adds one that whoever uses this machine brings. */
  void insert(Handle handle, RegisteredCheckpoint row) {
    insert(handle, row, "", LedgerEntry.Actor.LOCAL);
  }

  /**
   * Adds one.
   *
   * @param addedBy id of the user who brings it, "" where nobody is signed in
   * @param actor the same as the ledger names them
   */
  void insert(Handle handle, RegisteredCheckpoint row, String addedBy, LedgerEntry.Actor actor) {
    try {
      handle
          .createUpdate(
              "insert into checkpoint (id, name, name_key, kind, base_id, origin, location, bytes,"
                  + " state, created_at, added_by) values (:id, :name, :nameKey, :kind, :baseId,"
                  + " :origin, :location, :bytes, :state, :createdAt, :addedBy)")
          .bind("id", row.id())
          .bind("name", row.name())
          .bind("nameKey", key(row.name()))
          .bind("kind", row.kind().name())
          .bind("baseId", row.baseId().orElse(null))
          .bind("origin", row.origin().name())
          .bind("location", row.location().toString())
          .bind("bytes", row.bytes())
          .bind("state", row.state().name())
          .bind("createdAt", row.createdAt().atOffset(ZoneOffset.UTC))
          .bind("addedBy", addedBy)
          .execute();
      Ledger.append(
          handle,
          LedgerEntry.ofCheckpoint(
              "checkpoint.registered",
              actor,
              row.id(),
              "",
              Map.of(
                  "name", row.name(), "kind", row.kind().name(), "origin", row.origin().name())));
    } catch (UnableToExecuteStatementException failure) {
      if (failure.getCause() instanceof SQLException cause
          && UNIQUE_VIOLATION.equals(cause.getSQLState())) {
        throw new RegistryException(
            Reason.CONFLICT,
            "There is a checkpoint named '" + row.name() + "' already; choose another name.");
      }
      throw failure;
    }
  }

  List<RegisteredCheckpoint> list() {
    return database.read(
        handle ->
            handle
                .createQuery("select * from checkpoint order by created_at desc, id")
                .map((row, context) -> read(row))
                .list());
  }

  Optional<RegisteredCheckpoint> find(String id) {
    return database.read(
        handle ->
            handle
                .createQuery("select * from checkpoint where id = :id")
                .bind("id", id)
                .map((row, context) -> read(row))
                .findOne());
  }

  /** Refuses an upload under way for what its first bytes say; false if it is none any more. */
  boolean refuse(String id, String problem) {
    return database.read(
        handle -> {
          boolean uploading =
              handle
                      .createUpdate(
                          "update checkpoint set state = 'REJECTED', problem = :problem,"
                              + " inspection = null where id = :id and state = 'UPLOADING'")
                      .bind("id", id)
                      .bind("problem", problem)
                      .execute()
                  == 1;
          if (uploading) {
            noteRefusal(handle, id);
          }
          return uploading;
        });
  }

  static void noteRefusal(Handle handle, String id) {
    Ledger.append(handle, entry("checkpoint.refused", LedgerEntry.Actor.SYSTEM, id, ""));
  }

  /** Returns the others that hold the same files, oldest first. */
  List<RegisteredCheckpoint> same(String id, String digest) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select * from checkpoint where digest = :digest and id <> :id"
                        + " and state = 'READY' order by created_at, id")
                .bind("digest", digest)
                .bind("id", id)
                .map((row, context) -> read(row))
                .list());
  }

  /** Returns the checkpoints that were tuned from one. */
  List<RegisteredCheckpoint> tunedFrom(String id) {
    return database.read(
        handle ->
            handle
                .createQuery("select * from checkpoint where base_id = :id order by created_at, id")
                .bind("id", id)
                .map((row, context) -> read(row))
                .list());
  }

  /**
   * Removes a checkpoint with its uploads; returns false, and nothing is removed, if it is being
   * checked or another was tuned from it.
   */
  boolean delete(String id) {
    return database.read(
        handle -> {
          boolean free =
              handle
                      .createUpdate(
                          "update checkpoint set state = 'REJECTED' where id = :id"
                              + " and state <> 'CHECKING' and not exists"
                              + " (select 1 from checkpoint t where t.base_id = :id)")
                      .bind("id", id)
                      .execute()
                  == 1;
          if (free) {
            handle.execute("delete from upload where checkpoint_id = ?", id);
            CheckpointFiles.remove(handle, id);
            handle.execute("delete from checkpoint where id = ?", id);
            Ledger.append(handle, entry("checkpoint.removed", LedgerEntry.Actor.LOCAL, id, ""));
          }
          return free;
        });
  }

  private static LedgerEntry entry(
      String action, LedgerEntry.Actor actor, String id, String digest) {
    return LedgerEntry.ofCheckpoint(action, actor, id, digest, Map.of());
  }

  /** Names that look the same are the same. */
  static String key(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
  }

  private static RegisteredCheckpoint read(ResultSet row) throws SQLException {
    return new RegisteredCheckpoint(
        row.getString("id"),
        StoredText.read(row.getString("name")),
        Kind.valueOf(row.getString("kind")),
        Optional.ofNullable(row.getString("base_id")),
        Origin.valueOf(row.getString("origin")),
        Path.of(StoredText.read(row.getString("location"))),
        row.getLong("bytes"),
        Optional.ofNullable(row.getString("digest")),
        Optional.ofNullable(StoredText.read(row.getString("inspection"))),
        State.valueOf(row.getString("state")),
        Optional.ofNullable(StoredText.read(row.getString("problem"))),
        instant(row, "created_at"));
  }

  static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
