package dev.palimpsest.suite.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/** Asks for a JSON object in which one key has one of some values, compared as answers are. */
record JsonValue(String key, List<String> anyOf) implements Check {
  @Override
  public CheckResult test(String text) {
    Optional<JsonNode> value = JsonText.parse(text).map(json -> json.get(key));
    if (value.isEmpty() || value.get().isContainerNode()) {
      return CheckResult.failed("has no JSON value for " + key);
    }
    String found = value.get().asText();
    return CheckResult.of(
        anyOf.stream().anyMatch(expected -> AnswerIs.same(expected, found)),
        key + " is " + Text.quote(found),
        key + " is " + Text.quote(found) + ", expected \"" + String.join("\" or \"", anyOf) + "\"");
  }
}
