package dev.palimpsest.suite.instruction;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.suite.Scoring;
import dev.palimpsest.suite.check.CheckDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A check in words. */
final class CheckWords {
  private CheckWords() {}

  static Scoring.Option option(CheckDefinition check) {
    List<String> parameters = new ArrayList<>();
    for (Map.Entry<String, JsonNode> field : check.definition().properties()) {
      if (!field.getKey().equals("check")) {
        parameters.add(words(field.getKey()) + ": " + plain(field.getValue()));
      }
    }
    return new Scoring.Option(words(check.name()), String.join(", ", parameters), "");
  }

  private static String plain(JsonNode value) {
    if (!value.isArray()) {
      return value.asText();
    }
    List<String> parts = new ArrayList<>();
    value.forEach(part -> parts.add(plain(part)));
    return String.join(", ", parts);
  }

  private static String words(String name) {
    return name.replaceAll("([a-z])([A-Z])", "$1 $2").replace('_', ' ').toLowerCase(Locale.ROOT);
  }
}
