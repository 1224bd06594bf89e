package dev.palimpsest.suite.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** Asks for a JSON array and counts its elements. */
record JsonArray(Range range) implements Check {
  @Override
  public CheckResult test(String text) {
    Optional<JsonNode> json = JsonText.parse(text).filter(JsonNode::isArray);
    return json.isEmpty()
        ? CheckResult.failed("is not a JSON array")
        : range.judge(json.get().size(), "element");
  }
}
