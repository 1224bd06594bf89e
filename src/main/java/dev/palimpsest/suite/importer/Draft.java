package dev.palimpsest.suite.importer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.suite.SuiteException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The items that files have given so far, each with the place it came from. */
final class Draft {
  private final List<Entry> entries = new ArrayList<>();
  private final Map<String, Entry> byId = new HashMap<>();
  private final List<String> leftOut = new ArrayList<>();

  /**
   * An item and where it came from.
   *
   * @param node in the format of items.jsonl
   * @param answer how an assistant would answer, for few-shot turns; "" where none is known
   */
  record Entry(Source source, int line, ObjectNode node, String answer) {}

  /**
   * Adds an item.
   *
   * @throws SuiteException if another has its id
   */
  void add(Source source, int line, ObjectNode node, String answer) {
    Entry entry = new Entry(source, line, node, answer);
    Entry before = byId.putIfAbsent(node.get("id").textValue(), entry);
    if (before != null) {
      throw source.fault(
          line,
          "id",
          node.get("id") + ", which " + before.source().path() + ", line " + before.line() + " has",
          "ids that all differ");
    }
    entries.add(entry);
  }

  /**
   * Adds a question with choices, or leaves it out where two of them are the same, which happens in
   * published files: it has no one right answer then.
   */
  void addChoice(Source source, int line, ObjectNode node) {
    List<String> seen = new ArrayList<>();
    for (JsonNode choice : node.get("choices")) {
      int before = seen.indexOf(choice.textValue().strip());
      if (before >= 0) {
        leaveOut(
            source, line, "choices " + (before + 1) + " and " + (seen.size() + 1) + " are alike");
        return;
      }
      seen.add(choice.textValue().strip());
    }
    String right = seen.get(node.get("answer").intValue());
    add(source, line, node, "The answer is " + right + (right.matches(".*[.!?]") ? "" : "."));
  }

  /** Notes a row that cannot be asked. */
  void leaveOut(Source source, int line, String why) {
    leftOut.add(source.path() + (line > 0 ? ", line " + line : "") + ": " + why);
  }

  List<Entry> entries() {
    return entries;
  }

  List<String> leftOut() {
    return leftOut;
  }
}
