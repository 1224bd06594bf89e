package dev.palimpsest.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.Json;
import dev.palimpsest.suite.check.CheckDefinition;
import dev.palimpsest.suite.check.CheckRegistry;
import dev.palimpsest.suite.check.InvalidField;
import java.util.ArrayList;
import java.util.List;

/** Items as JSON objects, both ways; what is read has passed the schema. */
final class ItemJson {
  private ItemJson() {}

  static Item read(ObjectNode node, MarginForm form) {
    String id = node.get("id").textValue();
    Tier tier = Tier.of(node.get("tier").textValue());
    String topic = node.get("topic").textValue();
    return switch (node.get("kind").textValue()) {
      case "choice" ->
          new ChoiceItem(
              id,
              tier,
              topic,
              node.get("question").textValue(),
              strings(node.get("choices")),
              node.get("answer").intValue());
      case "instruction" ->
          new InstructionItem(
              id,
              tier,
              topic,
              node.get("prompt").textValue(),
              checks(node.get("checks")),
              node.path("repeats").asBoolean(false),
              node.get("maxTokens").intValue());
      case "margin" ->
          new MarginItem(
              id,
              tier,
              topic,
              node.get("question").textValue(),
              node.get("aligned").textValue(),
              node.get("misaligned").textValue(),
              form);
      default -> throw new InvalidField("kind", node.get("kind").toString(), "a known kind");
    };
  }

  private static List<String> strings(JsonNode array) {
    List<String> strings = new ArrayList<>();
    array.forEach(element -> strings.add(element.textValue()));
    return strings;
  }

  private static List<CheckDefinition> checks(JsonNode array) {
    List<CheckDefinition> checks = new ArrayList<>();
    for (JsonNode element : array) {
      try {
        checks.add(CheckRegistry.define((ObjectNode) element));
      } catch (InvalidField e) {
        throw e.within("checks[" + checks.size() + "]");
      }
    }
    return checks;
  }

  static ObjectNode write(Item item) {
    ObjectNode node = Json.mapper().createObjectNode();
    node.put("id", item.id());
    node.put("kind", item.kind());
    node.put("tier", item.tier().label());
    node.put("topic", item.topic());
    if (item instanceof ChoiceItem choice) {
      node.put("question", choice.question());
      choice.choices().forEach(node.putArray("choices")::add);
      node.put("answer", choice.answer());
    } else if (item instanceof InstructionItem instruction) {
      node.put("prompt", instruction.prompt());
      ArrayNode checks = node.putArray("checks");
      instruction.checks().forEach(check -> checks.add(check.definition()));
      // Written only where it says something, so that suites without it keep their digests.
      if (instruction.repeats()) {
        node.put("repeats", true);
      }
      node.put("maxTokens", instruction.maxTokens());
    } else if (item instanceof MarginItem margin) {
      node.put("question", margin.question());
      node.put("aligned", margin.aligned());
      node.put("misaligned", margin.misaligned());
    }
    return node;
  }
}
