package dev.palimpsest.suite.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Asks for a JSON object with some keys.
 *
 * @param exactKeys whether there may be no others
 * @param inOrder whether they have to stand in this order
 */
record JsonObject(List<String> keys, boolean exactKeys, boolean inOrder) implements Check {
  @Override
  public CheckResult test(String text) {
    Optional<JsonNode> json = JsonText.parse(text).filter(JsonNode::isObject);
    if (json.isEmpty()) {
      return CheckResult.failed("is not a JSON object");
    }
    List<String> found = new ArrayList<>();
    json.get().fieldNames().forEachRemaining(found::add);
    boolean passed = exactKeys ? found.size() == keys.size() : found.size() >= keys.size();
    passed &= found.containsAll(keys);
    passed &= !inOrder || found.stream().filter(keys::contains).toList().equals(keys);
    return CheckResult.of(
        passed, "is a JSON object with " + found, "has the keys " + found + ", expected " + keys);
  }
}
