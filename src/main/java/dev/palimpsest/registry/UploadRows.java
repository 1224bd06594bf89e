package dev.palimpsest.registry;

import dev.palimpsest.storage.Database;
import dev.palimpsest.storage.StoredText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table {@code upload}. */
final class UploadRows {
  private final Database database;

  UploadRows(Database database) {
    this.database = database;
  }

  void insert(Handle handle, List<Upload> uploads) {
    var batch =
        handle.prepareBatch(
            "insert into upload (id, checkpoint_id, path, length, received, modified, expected,"
                + " expires_at) values (:id, :checkpointId, :path, :length, :received, :modified,"
                + " :expected, :expiresAt)");
    for (Upload upload : uploads) {
      batch
          .bind("id", upload.id())
          .bind("checkpointId", upload.checkpointId())
          .bind("path", upload.path())
          .bind("length", upload.length())
          .bind("received", upload.received())
          .bind("modified", upload.modified())
          .bind("expected", upload.expected().orElse(null))
          .bind("expiresAt", upload.expiresAt().atOffset(ZoneOffset.UTC))
          .add();
    }
    batch.execute();
  }

  Optional<Upload> find(String id) {
    return database.read(
        handle ->
            handle
                .createQuery("select * from upload where id = :id")
                .bind("id", id)
                .map((row, context) -> read(row))
                .findOne());
  }

  Optional<Upload> find(String checkpointId, String path) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select * from upload where checkpoint_id = :checkpointId and path = :path")
                .bind("checkpointId", checkpointId)
                .bind("path", path)
                .map((row, context) -> read(row))
                .findOne());
  }

  List<Upload> of(String checkpointId) {
    return database.read(
        handle ->
            handle
                .createQuery("select * from upload where checkpoint_id = :id order by path")
                .bind("id", checkpointId)
                .map((row, context) -> read(row))
                .list());
  }

  void received(String id, long bytes, Instant expiresAt) {
    database.write(
        handle ->
            handle
                .createUpdate(
                    "update upload set received = :bytes, expires_at = :expiresAt where id = :id")
                .bind("id", id)
                .bind("bytes", bytes)
                .bind("expiresAt", expiresAt.atOffset(ZoneOffset.UTC))
                .execute());
  }

  /** Starts a file over under a new id, so that the old URL is gone. */
  void restart(String id, String newId, long modified) {
    database.write(handle -> restart(handle, id, newId, modified));
  }

  static void restart(Handle handle, String id, String newId, long modified) {
    handle
        .createUpdate(
            "update upload set id = :newId, received = 0, modified = :modified where id = :id")
        .bind("id", id)
        .bind("newId", newId)
        .bind("modified", modified)
        .execute();
  }

  /**
   * Returns the bytes that uploads under way will still need, of checkpoints whose sender did
   * something lately.
   *
   * @param expiringAfter what expires later was declared or continued lately
   */
  long outstanding(Instant expiringAfter) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select coalesce(sum(u.length - u.received), 0) from upload u"
                        + " join checkpoint c on c.id = u.checkpoint_id"
                        + " where c.state = 'UPLOADING' and exists (select 1 from upload a"
                        + " where a.checkpoint_id = c.id and a.expires_at > :after)")
                .bind("after", expiringAfter.atOffset(ZoneOffset.UTC))
                .mapTo(Long.class)
                .one());
  }

  /** Returns the checkpoints whose upload nobody continued in time. */
  List<String> expired(Instant now) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select c.id from checkpoint c where c.state = 'UPLOADING' and not exists"
                        + " (select 1 from upload u where u.checkpoint_id = c.id"
                        + " and u.expires_at > :now)")
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .mapTo(String.class)
                .list());
  }

  private static Upload read(ResultSet row) throws SQLException {
    return new Upload(
        row.getString("id"),
        row.getString("checkpoint_id"),
        StoredText.read(row.getString("path")),
        row.getLong("length"),
        row.getLong("received"),
        row.getLong("modified"),
        Optional.ofNullable(row.getString("expected")),
        CheckpointRows.instant(row, "expires_at"));
  }
}
