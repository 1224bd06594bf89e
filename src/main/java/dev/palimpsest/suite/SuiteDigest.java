package dev.palimpsest.suite;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.CanonicalJson;
import dev.palimpsest.Json;
import dev.palimpsest.Sha256;
import java.util.Comparator;

/** The sha256 over a suite's canonical content. */
final class SuiteDigest {
  private SuiteDigest() {}

  static String of(Suite suite) {
    ObjectNode root = Json.mapper().createObjectNode();
    root.set("suite", Json.mapper().valueToTree(suite.info()));
    ArrayNode items = root.putArray("items");
    suite.items().stream()
        .sorted(Comparator.comparing(Item::id))
        .forEach(item -> items.add(ItemJson.write(item)));
    // Named only where there are some, so that suites without them keep their digests.
    if (!suite.shots().isEmpty()) {
      ArrayNode shots = root.putArray("shots");
      suite.shots().forEach(shot -> shots.add(ItemJson.write(shot)));
    }
    return Sha256.hex(CanonicalJson.bytes(root));
  }
}
