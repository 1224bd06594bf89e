package dev.palimpsest.registry;

import dev.palimpsest.checkpoint.Manifest;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the content of uploaded checkpoints once on the disk, whoever uploaded it.
 *
 * <p>It is looked for when a checkpoint was read whole and accepted, and nobody is told: a sender
 * who heard that a file is here already would learn what others have.
 */
final class SharedFiles {
  private static final Logger LOG = LoggerFactory.getLogger(SharedFiles.class);

  /** Bytes below which a file that is there twice takes no room to speak of. */
  private static final long WORTH_SHARING = 1 << 20;

  private final CheckpointRows rows;
  private final CheckpointFiles files;
  private final Assembly assembly;

  SharedFiles(CheckpointRows rows, CheckpointFiles files, Assembly assembly) {
    this.rows = rows;
    this.files = files;
    this.assembly = assembly;
  }

  void share(RegisteredCheckpoint checkpoint, List<Manifest.Entry> entries) {
    for (Manifest.Entry entry : entries) {
      if (entry.size() >= WORTH_SHARING) {
        share(checkpoint, entry);
      }
    }
  }

  private void share(RegisteredCheckpoint checkpoint, Manifest.Entry entry) {
    Path file = folder(checkpoint).resolve(entry.path());
    for (CheckpointFiles.Twin twin : files.twins(checkpoint.id(), entry)) {
      boolean shared =
          rows.find(twin.checkpointId())
              .map(other -> folder(other).resolve(twin.path()))
              .filter(other -> assembly.share(checkpoint.id(), file, other))
              .isPresent();
      if (shared) {
        LOG.info("{} of {} is kept once with that of another", entry.path(), checkpoint.id());
        return;
      }
    }
  }

  private Path folder(RegisteredCheckpoint checkpoint) {
    return assembly.place(checkpoint.id(), checkpoint.name());
  }
}
