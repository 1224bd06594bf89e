package dev.palimpsest.registry;

import java.util.Objects;
import java.util.Optional;

/**
 * A file that somebody is going to upload.
 *
 * @param path as the sender knows it, '/' between its parts
 * @param size in bytes
 * @param modified time on the sender's disk in milliseconds, 0 if it is not known
 * @param sha256 what its sha256 is said to be, in lower-case hex
 */
public record ManifestEntry(String path, long size, long modified, Optional<String> sha256) {
  public ManifestEntry {
    Objects.requireNonNull(path, "path is null");
    Objects.requireNonNull(sha256, "sha256 is null");
  }

  /** Says nothing of its sha256. */
  public ManifestEntry(String path, long size, long modified) {
    this(path, size, modified, Optional.empty());
  }

  ManifestEntry withPath(String other) {
    return new ManifestEntry(other, size, modified, sha256);
  }

  ManifestEntry withSha256(Optional<String> other) {
    return new ManifestEntry(path, size, modified, other.or(() -> sha256));
  }
}
