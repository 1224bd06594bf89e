package dev.palimpsest.registry;

import dev.palimpsest.checkpoint.CheckpointLocation;
import dev.palimpsest.checkpoint.Manifest;
import dev.palimpsest.storage.Database;
import dev.palimpsest.storage.StoredText;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The table {@code checkpoint_file}: what checkpoints that were read whole consist of; and {@code
 * removed_checkpoint_file}: the same of those that were removed, by the digest of the whole.
 */
final class CheckpointFiles {
  private final Database database;

  CheckpointFiles(Database database) {
    this.database = database;
  }

  /** A file of another checkpoint that has the same content. */
  record Twin(String checkpointId, String path) {}

  static void replace(Handle handle, String checkpointId, List<Manifest.Entry> files) {
    handle.execute("delete from checkpoint_file where checkpoint_id = ?", checkpointId);
    if (files.isEmpty()) {
      return;
    }
    var batch =
        handle.prepareBatch(
            "insert into checkpoint_file (checkpoint_id, path, bytes, sha256)"
                + " values (:checkpointId, :path, :bytes, :sha256)");
    for (Manifest.Entry file : files) {
      batch
          .bind("checkpointId", checkpointId)
          .bind("path", file.path())
          .bind("bytes", file.size())
          .bind("sha256", file.sha256())
          .add();
    }
    batch.execute();
  }

  /** Takes the files from a checkpoint that is removed; what it consisted of stays known. */
  static void remove(Handle handle, String checkpointId) {
    handle.execute(
        "insert into removed_checkpoint_file (root, location, path, bytes, sha256)"
            + " select c.digest, c.location, f.path, f.bytes, f.sha256"
            + " from checkpoint_file f join checkpoint c on c.id = f.checkpoint_id"
            + " where c.id = ? and c.digest is not null and not exists"
            + " (select 1 from removed_checkpoint_file r"
            + " where r.root = c.digest and r.path = f.path)",
        checkpointId);
    handle.execute("delete from checkpoint_file where checkpoint_id = ?", checkpointId);
  }

  /**
   * Returns what a removed checkpoint consisted of, by its path then and the digest of the whole.
   */
  Optional<Manifest> ofRemoved(String root) {
    return database.read(
        handle ->
            handle
                .createQuery("select location from removed_checkpoint_file where root = :root")
                .bind("root", root)
                .mapTo(String.class)
                .findFirst()
                .map(location -> Path.of(StoredText.read(location)))
                .map(
                    location ->
                        Manifest.of(
                            CheckpointLocation.nameOf(location),
                            entries(handle, "removed_checkpoint_file where root", root))));
  }

  List<Manifest.Entry> of(String checkpointId) {
    return database.read(
        handle -> entries(handle, "checkpoint_file where checkpoint_id", checkpointId));
  }

  /**
   * Reads the files of one checkpoint.
   *
   * @param where the table and the column that names the checkpoint
   */
  private static List<Manifest.Entry> entries(Handle handle, String where, String name) {
    return handle
        .createQuery("select path, bytes, sha256 from " + where + " = :name order by path")
        .bind("name", name)
        .map(
            (row, context) ->
                new Manifest.Entry(
                    StoredText.read(row.getString("path")),
                    row.getLong("bytes"),
                    row.getString("sha256")))
        .list();
  }

  /** Returns where else in uploaded checkpoints the content of a file lies, oldest first. */
  List<Twin> twins(String checkpointId, Manifest.Entry file) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select f.checkpoint_id, f.path from checkpoint_file f"
                        + " join checkpoint c on c.id = f.checkpoint_id"
                        + " where f.sha256 = :sha256 and f.bytes = :bytes"
                        + " and f.checkpoint_id <> :id and c.origin = 'UPLOAD'"
                        + " and c.state = 'READY' order by c.created_at, c.id, f.path")
                .bind("sha256", file.sha256())
                .bind("bytes", file.size())
                .bind("id", checkpointId)
                .map(
                    (row, context) ->
                        new Twin(
                            row.getString("checkpoint_id"), StoredText.read(row.getString("path"))))
                .list());
  }
}
