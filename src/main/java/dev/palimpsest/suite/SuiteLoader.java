package dev.palimpsest.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.JsonLines;
import dev.palimpsest.suite.check.InvalidField;
import dev.palimpsest.suite.generate.FactTable;
import dev.palimpsest.suite.generate.Generator;
import dev.palimpsest.suite.generate.Generators;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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
    List<Item> items = items(file, lines, info);
    if (info.more().generated() != null) {
      items.addAll(generated(info));
    }
    return new Suite(info, items, shots(info));
  }

  private List<Item> shots(SuiteInfo info) {
    if (!Files.exists(folder.resolve("shots.jsonl"), LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    String file = name("shots.jsonl");
    return items(file, reader(file).lines(read("shots.jsonl")), info);
  }

  private List<Item> generated(SuiteInfo info) {
    GeneratedItems wanted = info.more().generated();
    String file = name("suite.json");
    List<ObjectNode> nodes = generated(file, wanted);
    if (nodes.size() < wanted.items()) {
      throw new SuiteException(
          file,
          0,
          "generated.items",
          String.valueOf(wanted.items()),
          "at most " + nodes.size() + ", which is what " + wanted.by() + " can write");
    }
    return items(nodes, info);
  }

  private List<Item> items(List<ObjectNode> nodes, SuiteInfo info) {
    return IntStream.range(0, nodes.size())
        .mapToObj(i -> item(name("generated items"), new JsonLines.Line(i + 1, nodes.get(i)), info))
        .toList();
  }

  /** Returns what the suite's generator writes, with the tables that lie in its folder. */
  private List<ObjectNode> generated(String file, GeneratedItems wanted) {
    try {
      Generator generator = Generators.named(wanted.by());
      return generator.items(wanted.seed(), wanted.items(), tables(wanted.tables()));
    } catch (InvalidField e) {
      throw new SuiteException(file, 0, e.field(), e.found(), e.expected());
    }
  }

  /**
   * Writes other items with the suite's generator.
   *
   * @param seed another than the suite's for items that nobody has seen
   */
  Suite fresh(long seed, int count) {
    SuiteInfo info = info();
    GeneratedItems own = info.more().generated();
    if (own == null) {
      throw new SuiteException(
          name("suite.json"), 0, "generated", "nothing", "a generator; the suite has none");
    }
    List<ObjectNode> nodes =
        generated(name("suite.json"), new GeneratedItems(own.by(), seed, count, own.tables()));
    return new Suite(info, items(nodes, info));
  }

  private List<FactTable> tables(String beside) {
    Path owner = beside == null ? folder : folder.resolveSibling(beside);
    Path facts = owner.resolve("facts");
    if (!Files.isDirectory(facts)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(facts)) {
      List<FactTable> tables = new ArrayList<>();
      for (Path file : files.filter(f -> f.toString().endsWith(".tsv")).sorted().toList()) {
        tables.add(new SuiteLoader(owner).table(file));
      }
      return tables;
    } catch (IOException e) {
      throw new SuiteException(name("facts"), 0, "", "a folder that cannot be read", "tables");
    }
  }

  private FactTable table(Path file) {
    String base = file.getFileName().toString();
    List<String> lines = new String(read("facts/" + base), StandardCharsets.UTF_8).lines().toList();
    try {
      return FactTable.read(base.substring(0, base.length() - ".tsv".length()), lines);
    } catch (InvalidField e) {
      throw new SuiteException(name("facts/" + base), 0, e.field(), e.found(), e.expected());
    }
  }

  static JsonLines reader(String file) {
    return new JsonLines(
        MAX_LINE_BYTES,
        (line, found, expected) -> new SuiteException(file, line, "", found, expected));
  }

  /** Reads suite.json alone. */
  SuiteInfo info() {
    String file = name("suite.json");
    return info(file, reader(file).whole(read("suite.json")));
  }

  /**
   * Reads what suite.json holds.
   *
   * @throws SuiteException at its first fault
   */
  static SuiteInfo info(String file, ObjectNode node) {
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
        node.path("defaultMargin").asDouble(),
        chance == null ? null : chance.doubleValue(),
        prefix == null ? null : prefix.textValue(),
        form == null ? null : MarginForm.of(form.textValue()),
        SuiteInfo.More.read(node));
  }

  static List<Item> items(String file, List<JsonLines.Line> lines, SuiteInfo info) {
    List<Item> items = new ArrayList<>(lines.size());
    Map<String, Integer> seen = new HashMap<>();
    for (JsonLines.Line line : lines) {
      for (Item item : itemsOf(file, line, info)) {
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
    }
    return items;
  }

  /** Reads a line that stands for one item. */
  static Item item(String file, JsonLines.Line line, SuiteInfo info) {
    return read(file, line, info, node -> ItemJson.read(node, info.marginForm()));
  }

  private static List<Item> itemsOf(String file, JsonLines.Line line, SuiteInfo info) {
    return read(file, line, info, node -> ItemJson.readAll(node, info.marginForm()));
  }

  private static <T> T read(
      String file, JsonLines.Line line, SuiteInfo info, Function<ObjectNode, T> reader) {
    try {
      JsonShape.ITEM.check(line.object());
      requireKind(line.object().get("kind").textValue(), info.metric());
      return reader.apply(line.object());
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
