package dev.palimpsest.registry;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * One file of a checkpoint that is being uploaded.
 *
 * @param id 128 random bits, in the upload's URL
 * @param checkpointId of the checkpoint it belongs to
 * @param path relative to the checkpoint's folder, '/' between its parts
 * @param length bytes there will be
 * @param received bytes that are durably on disk
 * @param modified the file's time on the sender's disk in milliseconds, 0 if it was not told; tells
 *     a resume that another file is offered
 * @param expected what its sha256 is said to be, in lower-case hex
 * @param expiresAt when what was received is thrown away
 */
public record Upload(
    String id,
    String checkpointId,
    String path,
    long length,
    long received,
    long modified,
    Optional<String> expected,
    Instant expiresAt) {
  public Upload {
    Objects.requireNonNull(id, "id is null");
    Objects.requireNonNull(checkpointId, "checkpointId is null");
    Objects.requireNonNull(path, "path is null");
    Objects.requireNonNull(expected, "expected is null");
    Objects.requireNonNull(expiresAt, "expiresAt is null");
  }

  /** Tells whether every byte is there. */
  public boolean isComplete() {
    return received == length;
  }
}
