package dev.palimpsest.audit.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Stream;

/** When a checkpoint's files were last written, as its file system says; uploads write them too. */
final class FileTimes {
  private FileTimes() {}

  /**
   * Returns the newest time of a file, or of the files in a folder; empty where it cannot be read.
   */
  static Optional<Instant> lastWritten(Path checkpoint) {
    if (!Files.isDirectory(checkpoint)) {
      return time(checkpoint);
    }
    try (Stream<Path> files = Files.list(checkpoint)) {
      return files
          .filter(Files::isRegularFile)
          .flatMap(file -> time(file).stream())
          .max(Instant::compareTo);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<Instant> time(Path file) {
    try {
      return Optional.of(
          Files.getLastModifiedTime(file).toInstant().truncatedTo(ChronoUnit.SECONDS));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
