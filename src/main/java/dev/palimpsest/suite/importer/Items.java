package dev.palimpsest.suite.importer;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.Json;
import dev.palimpsest.suite.Tier;
import java.util.List;
import java.util.Locale;

/** Items in the format of items.jsonl. */
final class Items {
  private static final int LONGEST_NAME = 100;

  private Items() {}

  static ObjectNode choice(
      String id, Tier tier, String topic, String question, List<String> choices, int answer) {
    ObjectNode node = head(id, "choice", tier, topic);
    node.put("question", question);
    choices.forEach(node.putArray("choices")::add);
    return node.put("answer", answer);
  }

  static ObjectNode instruction(
      String id, Tier tier, String topic, String prompt, List<ObjectNode> checks, int maxTokens) {
    ObjectNode node = head(id, "instruction", tier, topic);
    node.put("prompt", prompt);
    ArrayNode array = node.putArray("checks");
    checks.forEach(array::add);
    return node.put("maxTokens", maxTokens);
  }

  static ObjectNode check(String name) {
    return Json.mapper().createObjectNode().put("check", name);
  }

  private static ObjectNode head(String id, String kind, Tier tier, String topic) {
    return Json.mapper()
        .createObjectNode()
        .put("id", id(id))
        .put("kind", kind)
        .put("tier", tier.label())
        .put("topic", topic(topic));
  }

  /** Returns a name that an id may be: letters, digits, full stops, hyphens, underscores. */
  static String id(String name) {
    return cut(name.replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("^[^A-Za-z0-9]+", ""));
  }

  /** Returns a name that a topic may be: lower-case letters, digits, hyphens, underscores. */
  static String topic(String name) {
    String lower = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]+", "-");
    return cut(lower.replaceAll("^[^a-z0-9]+|-+$", ""));
  }

  private static String cut(String name) {
    String given = name.isEmpty() ? "other" : name;
    return given.substring(0, Math.min(LONGEST_NAME, given.length()));
  }
}
