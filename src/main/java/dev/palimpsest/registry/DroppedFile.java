package dev.palimpsest.registry;

import java.util.Objects;
import java.util.Optional;

/**
 * A file that somebody dropped and has not sent.
 *
 * @param path as the sender knows it, '/' between its parts
 * @param size in bytes
 * @param text what stands in it, of the few small files that tell what a checkpoint is; its
 *     beginning alone where it is long
 */
public record DroppedFile(String path, long size, Optional<String> text) {
  public DroppedFile {
    Objects.requireNonNull(path, "path is null");
    Objects.requireNonNull(text, "text is null");
  }

  /** Returns the folder it lies in, "" for none. */
  String folder() {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }

  /** Returns its name without folders. */
  String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
