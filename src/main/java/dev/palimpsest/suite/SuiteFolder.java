package dev.palimpsest.suite;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.Ending;
import dev.palimpsest.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** The folder of a new suite: written beside its place, read back, and moved there. */
public final class SuiteFolder {
  private final Path given;
  private final Path target;

  /** Names the folder; nothing is written yet. */
  public SuiteFolder(Path given) {
    this.given = given;
    this.target = given.toAbsolutePath().normalize();
  }

  /**
   * Fails if something is there.
   *
   * @throws SuiteException unless the place is free or an empty folder
   */
  public void requireFree() {
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
   * Writes a suite with all of its items, the same bytes for the same suite.
   *
   * @return the suite as it is read back
   */
  public Suite write(Suite suite) {
    return write(
        Json.mapper().valueToTree(suite.info()),
        suite.items().stream().map(ItemJson::write).toList(),
        suite.shots().stream().map(ItemJson::write).toList());
  }

  /**
   * Writes a suite.
   *
   * @param suite suite.json
   * @param items items.jsonl, item n in line n
   * @param shots shots.jsonl; [] for no such file
   * @throws SuiteException if the suite is not one that can be read, with the line of items.jsonl
   */
  public Suite write(ObjectNode suite, List<ObjectNode> items, List<ObjectNode> shots) {
    Path beside = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID());
    Ending.Registration ending = Ending.before(() -> delete(beside));
    try (ending) {
      Files.createDirectories(beside);
      Files.writeString(
          beside.resolve("suite.json"),
          Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(suite) + "\n");
      writeLines(beside.resolve("items.jsonl"), items);
      if (!shots.isEmpty()) {
        writeLines(beside.resolve("shots.jsonl"), shots);
      }
      Suite read = SuiteLibrary.load(beside);
      Files.move(beside, target, StandardCopyOption.REPLACE_EXISTING);
      return read;
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

  private static void writeLines(Path file, List<ObjectNode> nodes) throws IOException {
    // One line break on every system, so that the same suite has the same bytes.
    StringBuilder text = new StringBuilder();
    nodes.forEach(node -> text.append(line(node)).append('\n'));
    Files.writeString(file, text);
  }

  private static String line(JsonNode node) {
    try {
      return Json.mapper().writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an item that is no JSON", e);
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
