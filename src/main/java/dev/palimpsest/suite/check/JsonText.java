package dev.palimpsest.suite.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.Json;
import java.util.Optional;

/** Reads an answer that should be JSON and nothing else; one Markdown code fence is let through. */
final class JsonText {
  private JsonText() {}

  static Optional<JsonNode> parse(String text) {
    try {
      return Optional.of(Json.mapper().readTree(withoutFence(text)));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  static String withoutFence(String text) {
    int firstBreak = text.indexOf('\n');
    if (!text.startsWith("```") || !text.endsWith("```") || firstBreak < 0) {
      return text;
    }
    return text.substring(firstBreak + 1, Math.max(firstBreak + 1, text.length() - 3));
  }
}
