package dev.palimpsest.registry;

import java.util.Objects;

/**
 * A file that somebody is going to upload.
 *
 * @param path as the sender knows it, '/' between its parts
 * @param size in bytes
 * @param modified time on the sender's disk in milliseconds, 0 if it is not known
 */
public record ManifestEntry(String path, long size, long modified) {
  public ManifestEntry {
    Objects.requireNonNull(path, "path is null");
  }
}
