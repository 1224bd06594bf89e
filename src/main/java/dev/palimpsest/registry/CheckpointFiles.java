package dev.palimpsest.registry;

import dev.palimpsest.checkpoint.Manifest;
import dev.palimpsest.storage.Database;
import dev.palimpsest.storage.StoredText;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The table {@code checkpoint_file}: what checkpoints that were read whole consist of. */
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

  List<Manifest.Entry> of(String checkpointId) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select path, bytes, sha256 from checkpoint_file where checkpoint_id = :id"
                        + " order by path")
                .bind("id", checkpointId)
                .map(
                    (row, context) ->
                        new Manifest.Entry(
                            StoredText.read(row.getString("path")),
                            row.getLong("bytes"),
                            row.getString("sha256")))
                .list());
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
