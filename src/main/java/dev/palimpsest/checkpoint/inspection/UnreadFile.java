package dev.palimpsest.checkpoint.inspection;

import dev.palimpsest.checkpoint.FileRole;
import dev.palimpsest.checkpoint.adapter.Adapter;
import java.util.Optional;

/** Files that are never opened as weights, and what to do with them. */
public final class UnreadFile {
  private UnreadFile() {}

  /**
   * Returns why a file cannot be a checkpoint's weights, in the words that an inspection has for
   * it, or empty where its name does not say so.
   *
   * @param name the file's name, without folders
   */
  public static Optional<String> refusal(String name) {
    if (name.equals(Adapter.PICKLE)) {
      return Optional.of(Adapter.PICKLE_REFUSAL);
    }
    FileRole role = FileRole.of(name);
    boolean weights = role == FileRole.EXECUTABLE || role == FileRole.ARCHIVE;
    return weights ? Optional.of(role.refusal()) : Optional.empty();
  }
}
