package dev.palimpsest.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.JsonLines;
import dev.palimpsest.suite.check.InvalidField;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads a suite's two files, strictly: the first fault stops it, with file, line and field. */
final class SuiteLoader {
  private static final long MAX_BYTES = 256L << 20;
  private static final int MAX_LINE_BYTES = 1 << 20;
  private static final int MAX_ITEMS = 200_000;

  private final Path folder;

  SuiteLoader(Path folder) {
    this.folder = folder;
  }

  Suite load() {
    SuiteInfo info = info();
    String file = name("items.jsonl");
    List<JsonLines.Line> lines = reader(file).lines(read("items.jsonl"));
    if (lines.isEmpty() || lines.size() > MAX_ITEMS) {
      throw new SuiteException(
          file, 0, "", lines.size() + " items", "1 to " + MAX_ITEMS + " items, one per line");
    }
    return new Suite(info, items(file, lines, info));
  }

  private static JsonLines reader(String file) {
    return new JsonLines(
        MAX_LINE_BYTES,
        (line, found, expected) -> new SuiteException(file, line, "", found, expected));
  }

  private SuiteInfo info() {
    String file = name("suite.json");
    ObjectNode node = reader(file).whole(read("suite.json"));
    try {
      JsonShape.SUITE.check(node);
      return info(node);
    } catch (InvalidField e) {
      throw new SuiteException(file, 0, e.field(), e.found(), e.expected());
    }
  }

  private static SuiteInfo info(ObjectNode node) {
    JsonNode chance = node.get("chance");
    JsonNode prefix = node.get("answerPrefix");
    JsonNode form = node.get("marginForm");
    return new SuiteInfo(
        node.get("format").textValue(),
        node.get("id").textValue(),
        node.get("version").textValue(),
        node.get("title").textValue(),
        node.get("capability").textValue(),
        node.get("description").textValue(),
        node.get("language").textValue(),
        node.get("license").textValue(),
        node.get("source").textValue(),
        Metric.of(node.get("metric").textValue()),
        node.get("defaultMargin").doubleValue(),
        chance == null ? null : chance.doubleValue(),
        prefix == null ? null : prefix.textValue(),
        form == null ? null : MarginForm.of(form.textValue()));
  }

  private static List<Item> items(String file, List<JsonLines.Line> lines, SuiteInfo info) {
    List<Item> items = new ArrayList<>(lines.size());
    Map<String, Integer> seen = new HashMap<>();
    for (JsonLines.Line line : lines) {
      Item item = item(file, line, info);
      Integer before = seen.putIfAbsent(item.id(), line.number());
      if (before != null) {
        throw new SuiteException(
            file,
            line.number(),
            "id",
            "\"" + item.id() + "\", which line " + before + " has already",
            "ids that all differ");
      }
      items.add(item);
    }
    return items;
  }

  private static Item item(String file, JsonLines.Line line, SuiteInfo info) {
    try {
      JsonShape.ITEM.check(line.object());
      requireKind(line.object().get("kind").textValue(), info.metric());
      return ItemJson.read(line.object(), info.marginForm());
    } catch (InvalidField e) {
      throw new SuiteException(file, line.number(), e.field(), e.found(), e.expected());
    }
  }

  private static void requireKind(String kind, Metric metric) {
    if (!kind.equals(metric.kind().label())) {
      throw new InvalidField(
          "kind",
          "\"" + kind + "\"",
          "\"" + metric.kind().label() + "\", as the suite's metric is " + metric.label());
    }
  }

  private byte[] read(String file) {
    Path path = folder.resolve(file);
    try {
      if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
        throw new SuiteException(name(file), 0, "", "no such file", "a file in the suite's folder");
      }
      if (Files.size(path) > MAX_BYTES) {
        throw new SuiteException(name(file), 0, "", Files.size(path) + " bytes", "at most 256 MiB");
      }
      return Files.readAllBytes(path);
    } catch (IOException e) {
      throw new SuiteException(
          name(file),
          0,
          "",
          "a file that cannot be read (" + e.getMessage() + ")",
          "a readable file");
    }
  }

  /** The file as people know it: folder and name, without the path to them. */
  private String name(String file) {
    Path last = folder.getFileName();
    return last == null ? file : last.toString().replace("/", "") + "/" + file;
  }
}
