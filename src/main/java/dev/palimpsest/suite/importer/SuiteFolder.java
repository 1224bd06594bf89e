package dev.palimpsest.suite.importer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.Ending;
import dev.palimpsest.Json;
import dev.palimpsest.suite.Suite;
import dev.palimpsest.suite.SuiteException;
import dev.palimpsest.suite.SuiteLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import java.util.stream.Stream;

/** The folder of a new suite: written beside its place, read back, and moved there. */
final class SuiteFolder {
  private final Path given;
  private final Path target;

  SuiteFolder(Path given) {
    this.given = given;
    this.target = given.toAbsolutePath().normalize();
  }

  /**
   * Fails if something is there.
   *
   * @throws SuiteException unless the place is free or an empty folder
   */
  void requireFree() {
    if (target.getFileName() == null || (Files.exists(target) && !isEmptyFolder())) {
      throw new SuiteException(
          given.toString(), 0, "", "something that is there already", "a new folder for --out");
    }
  }

  private boolean isEmptyFolder() {
    if (!Files.isDirectory(target)) {
      return false;
    }
    try (Stream<Path> children = Files.list(target)) {
      return children.findAny().isEmpty();
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Writes a suite.
   *
   * @throws SuiteException if an item is not one that a suite can have, with the place in the file
   *     that was imported
   */
  Imported write(ObjectNode suite, Draft draft) {
    Path beside = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID());
    Ending.Registration ending = Ending.before(() -> delete(beside));
    try (ending) {
      Files.createDirectories(beside);
      write(beside, suite, draft);
      Suite read = load(beside, draft);
      Files.move(beside, target, StandardCopyOption.REPLACE_EXISTING);
      return new Imported(read, draft.leftOut());
    } catch (IOException e) {
      throw new SuiteException(
          given.toString(),
          0,
          "",
          "a place that cannot be written to",
          "a folder of yours with room");
    } finally {
      delete(beside);
    }
  }

  private static void write(Path folder, ObjectNode suite, Draft draft) throws IOException {
    Files.writeString(
        folder.resolve("suite.json"),
        Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(suite) + "\n");
    Files.write(
        folder.resolve("items.jsonl"),
        (Iterable<String>) draft.entries().stream().map(SuiteFolder::line)::iterator);
  }

  private static String line(Draft.Entry entry) {
    try {
      return Json.mapper().writeValueAsString(entry.node());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an item that is no JSON", e);
    }
  }

  /** Line n of items.jsonl is item n, and that knows where it came from. */
  private static Suite load(Path folder, Draft draft) {
    try {
      return SuiteLibrary.load(folder);
    } catch (SuiteException e) {
      if (e.line() < 1) {
        throw e;
      }
      Draft.Entry entry = draft.entries().get(e.line() - 1);
      throw entry.source().fault(entry.line(), e.field(), e.found(), e.expected());
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.isDirectory(folder) ? Files.list(folder) : Stream.empty()) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      // What cannot be removed stays under a hidden name; the suite's own folder is not touched.
    }
  }
}
