package dev.palimpsest.registry;

import dev.palimpsest.checkpoint.CheckpointLocation;
import dev.palimpsest.checkpoint.Manifest;
import dev.palimpsest.storage.Database;
import dev.palimpsest.storage.StoredText;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The files of checkpoints by the digest of the whole, as they were read on registration. */
public final class StoredManifests {
  private final Database database;
  private final CheckpointFiles files;

  public StoredManifests(Database database) {
    this.database = database;
    this.files = new CheckpointFiles(database);
  }

  /** Returns what a checkpoint of some digest consists of, if one is registered or was. */
  public Optional<Manifest> of(String digest) {
    return registered(digest)
        .or(() -> files.ofRemoved(digest).filter(manifest -> manifest.root().equals(digest)));
  }

  private Optional<Manifest> registered(String digest) {
    return database
        .read(
            handle ->
                handle
                    .createQuery(
                        "select id, location from checkpoint where digest = :digest"
                            + " and state = 'READY' order by created_at, id")
                    .bind("digest", digest)
                    .map((row, context) -> List.of(row.getString("id"), row.getString("location")))
                    .list())
        .stream()
        .map(one -> manifest(one.get(0), Path.of(StoredText.read(one.get(1)))))
        .filter(manifest -> manifest.root().equals(digest)) // not where single files are unknown
        .findFirst();
  }

  private Manifest manifest(String id, Path location) {
    return Manifest.of(CheckpointLocation.nameOf(location), files.of(id));
  }
}
