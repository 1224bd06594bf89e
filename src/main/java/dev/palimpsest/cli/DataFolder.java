package dev.palimpsest.cli;

import java.nio.file.Path;

/** Where an installation keeps its database, uploads and reports unless told otherwise. */
final class DataFolder {
  private DataFolder() {}

  /** Returns {@code PALIMPSEST_HOME}, or {@code .palimpsest} in the user's home. */
  static Path standard() {
    String chosen = System.getenv("PALIMPSEST_HOME");
    return chosen == null || chosen.isBlank()
        ? Path.of(System.getProperty("user.home"), ".palimpsest")
        : Path.of(chosen);
  }
}
