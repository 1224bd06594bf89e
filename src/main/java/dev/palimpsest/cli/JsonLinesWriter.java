package dev.palimpsest.cli;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.palimpsest.Ending;
import dev.palimpsest.Json;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.UUID;

/**
 * Writes one JSON object per line to a temporary file beside the target and moves it into place.
 *
 * <p>Until {@link #commit()} the target is as it was, so a failed command leaves no half-written
 * answers behind.
 */
final class JsonLinesWriter implements AutoCloseable {
  private final Path target;
  private final Path temporary;
  private final BufferedWriter writer;
  private final Ending.Registration ending;

  private JsonLinesWriter(Path target, Path temporary, BufferedWriter writer) {
    this.target = target;
    this.temporary = temporary;
    this.writer = writer;
    this.ending = Ending.before(() -> Files.deleteIfExists(temporary));
  }

  /** Opens a writer; the folder of the target should exist. */
  static JsonLinesWriter open(Path target) {
    Path absolute = target.toAbsolutePath();
    if (Files.isDirectory(absolute) || absolute.getFileName() == null) {
      throw new RequestsException(target + " is a folder; give a file name to --out.");
    }
    try {
      Path temporary =
          absolute.resolveSibling("." + absolute.getFileName() + "." + UUID.randomUUID() + ".part");
      BufferedWriter writer =
          Files.newBufferedWriter(temporary, StandardCharsets.UTF_8, CREATE_NEW, WRITE);
      return new JsonLinesWriter(absolute, temporary, writer);
    } catch (IOException e) {
      throw cannotWrite(target, e);
    }
  }

  /** Adds one answer; the fields are written in the map's order. */
  void write(Map<String, ?> answer) {
    try {
      writer.write(Json.mapper().writeValueAsString(answer));
      writer.write('\n');
    } catch (IOException e) {
      throw cannotWrite(target, e);
    }
  }

  /** Moves what was written to the target. */
  void commit() {
    try {
      writer.close();
      move();
    } catch (IOException e) {
      throw cannotWrite(target, e);
    }
  }

  private void move() throws IOException {
    try {
      Files.move(
          temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Removes the temporary file if it was not committed. */
  @Override
  public void close() {
    try (writer;
        ending) {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      throw cannotWrite(target, e);
    }
  }

  private static RequestsException cannotWrite(Path target, IOException e) {
    return new RequestsException(
        "%s cannot be written (%s); check --out, its folder and the free space."
            .formatted(target, reason(e)),
        e);
  }

  private static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "no such folder";
    }
    if (e instanceof FileSystemException fileSystem && fileSystem.getReason() != null) {
      return fileSystem.getReason();
    }
    return e instanceof AccessDeniedException ? "access denied" : e.getMessage();
  }
}
