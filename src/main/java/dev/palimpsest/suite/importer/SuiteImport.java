package dev.palimpsest.suite.importer;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.Json;
import dev.palimpsest.Sha256;
import dev.palimpsest.suite.Suite;
import dev.palimpsest.suite.SuiteException;
import dev.palimpsest.suite.SuiteFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Makes a suite of a benchmark's files.
 *
 * @param kind whose files they are
 * @param files at least one
 * @param shots files whose questions are answered before each question, as earlier turns; [] for
 *     none
 * @param id of the suite
 */
public record SuiteImport(ImportKind kind, List<Path> files, List<Path> shots, String id) {
  private static final String NAMES_OF_SUITES = "[a-z0-9][a-z0-9-]{0,63}";
  private static final double MARGIN = 0.05;
  private static final int FILES_BY_NAME = 3;

  public SuiteImport {
    files = List.copyOf(files);
    shots = List.copyOf(shots);
  }

  /** Tells whether a suite can have this id. */
  public static boolean isId(String name) {
    return name.matches(NAMES_OF_SUITES);
  }

  /**
   * Reads the files and writes the suite; the folder is there whole or not at all.
   *
   * @param folder not there yet, or empty
   * @throws SuiteException at the first fault of a file, or if the folder is not free
   */
  public Imported into(Path folder) {
    if (!isId(id)) {
      throw new SuiteException(
          "--id", 0, "", "\"" + id + "\"", "lower-case letters, digits and hyphens, at most 64");
    }
    SuiteFolder target = new SuiteFolder(folder);
    target.requireFree();
    List<Source> sources = files.stream().map(Source::read).toList();
    Draft draft = new Draft();
    kind.format().read(sources, draft);
    addShots(draft);
    if (draft.entries().isEmpty()) {
      throw sources.get(0).fault(0, "", "no row that can be asked", "at least one");
    }
    return new Imported(write(target, suite(sources, draft), draft), draft.leftOut());
  }

  /** Line n of items.jsonl is item n, and that knows where it came from. */
  private static Suite write(SuiteFolder target, ObjectNode suite, Draft draft) {
    try {
      return target.write(
          suite, draft.entries().stream().map(Draft.Entry::node).toList(), List.of());
    } catch (SuiteException e) {
      if (e.line() < 1) {
        throw e;
      }
      Draft.Entry entry = draft.entries().get(e.line() - 1);
      throw entry.source().fault(entry.line(), e.field(), e.found(), e.expected());
    }
  }

  private void addShots(Draft draft) {
    if (shots.isEmpty()) {
      return;
    }
    if (!kind.format().hasAnswers()) {
      throw new SuiteException(
          "--shots",
          0,
          "",
          shots.get(0).toString(),
          "no shots, as " + kind.label() + " has no answers");
    }
    Draft shown = new Draft();
    kind.format().read(shots.stream().map(Source::read).toList(), shown);
    for (Draft.Entry entry : draft.entries()) {
      ArrayNode turns = entry.node().putArray("turns");
      for (Draft.Entry shot : shown.entries()) {
        if (!kind.format().shotsByTopic() || topic(shot).equals(topic(entry))) {
          turns.addObject().put("role", "user").put("content", asked(shot.node()));
          turns.addObject().put("role", "assistant").put("content", shot.answer());
        }
      }
      if (turns.isEmpty()) {
        throw entry
            .source()
            .fault(entry.line(), "", "no shot of the topic " + topic(entry), "a file of its shots");
      }
    }
  }

  private static String topic(Draft.Entry entry) {
    return entry.node().get("topic").textValue();
  }

  private static String asked(ObjectNode item) {
    return (item.has("question") ? item.get("question") : item.get("prompt")).textValue();
  }

  private ObjectNode suite(List<Source> sources, Draft draft) {
    boolean choices = draft.entries().get(0).node().has("choices");
    ObjectNode suite = Json.mapper().createObjectNode();
    suite.put("format", "palimpsest-suite/1").put("id", id).put("version", "1.0.0");
    suite.put("title", kind.title()).put("capability", kind.capability());
    suite.put("description", kind.description() + leftOut(draft));
    suite.put("language", "en");
    suite.put("license", "as of the imported files");
    suite.put("source", source(sources));
    suite.put("metric", choices ? "accuracy" : "pass_rate").put("defaultMargin", MARGIN);
    if (choices) {
      suite.put("chance", chance(draft));
    }
    return suite;
  }

  private static String leftOut(Draft draft) {
    int count = draft.leftOut().size();
    return count == 0 ? "" : " Left out at import: " + count + (count == 1 ? " row." : " rows.");
  }

  /** The mean over the questions of one over the number of choices. */
  private static double chance(Draft draft) {
    return draft.entries().stream()
        .mapToDouble(entry -> 1.0 / entry.node().get("choices").size())
        .average()
        .orElseThrow();
  }

  private String source(List<Source> sources) {
    String names =
        sources.stream()
            .limit(FILES_BY_NAME)
            .map(source -> String.valueOf(source.path().getFileName()))
            .collect(Collectors.joining(", "));
    String more =
        sources.size() > FILES_BY_NAME ? " and " + (sources.size() - FILES_BY_NAME) + " more" : "";
    String digest = Sha256.hex(sources.stream().map(Source::bytes).toArray(byte[][]::new));
    return "imported as %s from %s%s; sha256 of the files one after the other: %s"
        .formatted(kind.label(), names, more, digest);
  }
}
