package dev.palimpsest.suite;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.Json;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A suite as the texts of its two files; reading them gives a suite with the same digest.
 *
 * @param suite suite.json
 * @param items items.jsonl
 */
public record SuiteText(String suite, String items) {
  public SuiteText {
    Objects.requireNonNull(suite, "suite is null");
    Objects.requireNonNull(items, "items is null");
  }

  /**
   * Writes a suite.
   *
   * @param suite without worked examples and without a generator, which need files of their own
   */
  public static SuiteText of(Suite suite) {
    if (!suite.shots().isEmpty() || suite.info().more().generated() != null) {
      throw new IllegalArgumentException("suite " + suite.id() + " is more than two files");
    }
    JsonNode info = Json.mapper().valueToTree(suite.info());
    String lines =
        suite.items().stream()
            .map(item -> ItemJson.write(item).toString() + "\n")
            .collect(Collectors.joining());
    return new SuiteText(indented(info) + "\n", lines);
  }

  /** Returns an item as a line of items.jsonl has it, to be changed by whoever asks. */
  public static ObjectNode line(Item item) {
    return ItemJson.write(item);
  }

  private static String indented(JsonNode node) {
    try {
      return Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a suite that is no JSON", e);
    }
  }

  /**
   * Reads the suite.
   *
   * @param name the folder that faults name
   * @throws SuiteException at the first fault
   */
  public Suite read(String name) {
    String head = name + "/suite.json";
    SuiteInfo info =
        SuiteLoader.info(
            head, SuiteLoader.reader(head).whole(suite.getBytes(StandardCharsets.UTF_8)));
    String file = name + "/items.jsonl";
    return new Suite(
        info,
        SuiteLoader.items(
            file, SuiteLoader.reader(file).lines(items.getBytes(StandardCharsets.UTF_8)), info));
  }
}
