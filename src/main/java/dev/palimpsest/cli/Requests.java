package dev.palimpsest.cli;

import dev.palimpsest.JsonLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Reads files of requests: one JSON object per line. */
final class Requests {
  private Requests() {}

  /**
   * Reads all requests of a file.
   *
   * @throws RequestsException if the file cannot be read or a line is not one JSON object
   */
  static List<JsonLine> read(Path file) {
    JsonLines reader =
        new JsonLines(
            Integer.MAX_VALUE,
            (line, found, expected) ->
                new RequestsException(
                    "%s, line %d: found %s, expected %s.".formatted(file, line, found, expected)));
    return reader.lines(bytes(file)).stream()
        .map(line -> new JsonLine(file, line.number(), line.object()))
        .toList();
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new RequestsException(file + " does not exist; check --requests.", e);
    } catch (IOException e) {
      throw new RequestsException(file + " cannot be read: " + e.getMessage() + ".", e);
    }
  }
}
