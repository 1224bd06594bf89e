package dev.palimpsest.suite.own;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.Json;
import dev.palimpsest.suite.check.InvalidField;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Makes items in the format of items.jsonl of rows, and fills in what rows may leave unsaid. */
final class OwnItems {
  private static final String WORDS_BETWEEN = "\\s*;\\s*";
  private static final int TOKENS = 256;

  private final OwnKind kind;
  private final String prefix;

  /**
   * @param prefix of ids that a row does not have
   */
  OwnItems(OwnKind kind, String prefix) {
    this.kind = kind;
    this.prefix = prefix;
  }

  /**
   * Returns an item, which the format's own rules still have to pass.
   *
   * @throws InvalidField if a column cannot be understood
   */
  ObjectNode item(OwnTable.Row row) {
    ObjectNode item = row.fields().deepCopy();
    fill(item, row.number());
    if (kind == OwnKind.CHOICE) {
      ChoiceColumns.gather(item);
    } else if (kind == OwnKind.INSTRUCTION) {
      gatherChecks(item);
    }
    return item;
  }

  private void fill(ObjectNode item, int number) {
    if (!item.has("id")) {
      item.put("id", String.format(Locale.ROOT, "%s-%04d", prefix, number));
    }
    if (!item.has("kind")) {
      item.put("kind", kind.label());
    }
    String tier = item.path("tier").asText("easy");
    item.put("tier", tier.toLowerCase(Locale.ROOT));
    String topic = item.path("topic").asText("own");
    item.put("topic", topic.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]+", "-"));
  }

  /** What simple columns ask for stands beside what the column of checks asks for. */
  private static void gatherChecks(ObjectNode item) {
    JsonNode given = item.remove("checks");
    ArrayNode checks = item.putArray("checks");
    if (given != null) {
      parsed(given).forEach(checks::add);
    }
    words(item, "contains", "contains_all", checks);
    words(item, "excludes", "excludes_words", checks);
    wordCount(item, checks);
    if (checks.isEmpty()) {
      throw new InvalidField(
          "checks", "nothing", "something to check: contains, max_words or another column of it");
    }
    JsonNode tokens = item.remove("max_tokens");
    if (tokens != null) {
      item.put("maxTokens", number("max_tokens", tokens));
    } else if (!item.has("maxTokens")) {
      item.put("maxTokens", TOKENS);
    }
  }

  private static Iterable<JsonNode> parsed(JsonNode given) {
    try {
      JsonNode checks = given.isTextual() ? Json.mapper().readTree(given.textValue()) : given;
      if (checks.isArray() || checks.isObject()) {
        return checks.isArray() ? checks : List.of(checks);
      }
    } catch (JsonProcessingException e) {
      // Told below: the text is no JSON at all.
    }
    throw new InvalidField(
        "checks", excerpt(given.asText()), "JSON, like [{\"check\":\"word_count\",\"atMost\":30}]");
  }

  private static void words(ObjectNode item, String column, String check, ArrayNode checks) {
    JsonNode given = item.remove(column);
    if (given == null) {
      return;
    }
    ObjectNode node = checks.addObject().put("check", check);
    ArrayNode words = node.putArray("words");
    if (given.isArray()) {
      given.forEach(words::add);
    } else {
      Stream.of(given.asText().strip().split(WORDS_BETWEEN))
          .filter(word -> !word.isEmpty())
          .forEach(words::add);
    }
  }

  private static void wordCount(ObjectNode item, ArrayNode checks) {
    JsonNode least = item.remove("min_words");
    JsonNode most = item.remove("max_words");
    if (least == null && most == null) {
      return;
    }
    ObjectNode count = checks.addObject().put("check", "word_count");
    if (least != null) {
      count.put("atLeast", number("min_words", least));
    }
    if (most != null) {
      count.put("atMost", number("max_words", most));
    }
  }

  private static int number(String column, JsonNode given) {
    String text = given.asText().strip();
    if (!text.matches("\\d{1,6}")) {
      throw new InvalidField(column, excerpt(text), "a whole number");
    }
    return Integer.parseInt(text);
  }

  static String excerpt(String text) {
    return "\"" + (text.length() <= 60 ? text : text.substring(0, 59) + "…") + "\"";
  }
}
