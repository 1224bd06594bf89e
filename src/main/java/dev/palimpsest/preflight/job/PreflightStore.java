package dev.palimpsest.preflight.job;

import dev.palimpsest.storage.Database;
import dev.palimpsest.storage.StoredText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Keeps looks at training files in a database. */
final class PreflightStore {
  private static final String INTERRUPTED =
      "The server stopped while this was under way; ask again.";

  private final Database database;

  PreflightStore(Database database) {
    this.database = database;
  }

  void insert(String id, PreflightRequest request, Instant at) {
    database.write(
        handle ->
            handle
                .createUpdate(
                    "insert into preflight (id, base_id, base_name, tuned_id, tuned_name, file_name,"
                        + " facts, author, state, message, result, asked_at) values (:id, :base,"
                        + " :baseName, :tuned, :tunedName, :file, :facts, :author, :state, '', '',"
                        + " :at)")
                .bind("id", id)
                .bind("base", request.base().id())
                .bind("baseName", request.base().name())
                .bind("tuned", request.tuned().map(PreflightRequest.Checkpoint::id).orElse(""))
                .bind(
                    "tunedName", request.tuned().map(PreflightRequest.Checkpoint::name).orElse(""))
                .bind("file", request.file().getFileName().toString())
                .bind("facts", request.facts().label())
                .bind("author", request.author())
                .bind("state", StoredPreflight.State.RUNNING.name())
                .bind("at", at.truncatedTo(ChronoUnit.MILLIS).atOffset(ZoneOffset.UTC))
                .execute());
  }

  /** Notes what came of one; nothing where it was removed meanwhile. */
  void settle(String id, StoredPreflight.State state, String message, String result) {
    database.write(
        handle ->
            handle
                .createUpdate(
                    "update preflight set state = :state, message = :message, result = :result"
                        + " where id = :id")
                .bind("id", id)
                .bind("state", state.name())
                .bind("message", message)
                .bind("result", result)
                .execute());
  }

  /** What no process is at any more has failed. */
  void interrupt() {
    database.write(
        handle ->
            handle
                .createUpdate(
                    "update preflight set state = :failed, message = :message where state ="
                        + " :running")
                .bind("failed", StoredPreflight.State.FAILED.name())
                .bind("message", INTERRUPTED)
                .bind("running", StoredPreflight.State.RUNNING.name())
                .execute());
  }

  void remove(String id) {
    database.write(
        handle ->
            handle.createUpdate("delete from preflight where id = :id").bind("id", id).execute());
  }

  Optional<StoredPreflight> find(String id) {
    return database.read(
        handle ->
            handle
                .createQuery("select * from preflight where id = :id")
                .bind("id", id)
                .map((row, context) -> read(row, true))
                .findOne());
  }

  /** Returns the newest ones, without their results. */
  List<StoredPreflight> newest(int most) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select id, base_name, tuned_name, file_name, author, state, message, asked_at"
                        + " from preflight order by asked_at desc, id fetch first :most rows only")
                .bind("most", most)
                .map((row, context) -> read(row, false))
                .list());
  }

  private static StoredPreflight read(ResultSet row, boolean whole) throws SQLException {
    return new StoredPreflight(
        row.getString("id"),
        StoredText.read(row.getString("base_name")),
        StoredText.read(row.getString("tuned_name")),
        StoredText.read(row.getString("file_name")),
        StoredText.read(row.getString("author")),
        StoredPreflight.State.valueOf(row.getString("state")),
        StoredText.read(row.getString("message")),
        whole ? StoredText.read(row.getString("result")) : "",
        row.getObject("asked_at", OffsetDateTime.class).toInstant());
  }
}
