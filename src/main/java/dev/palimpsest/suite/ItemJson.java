package dev.palimpsest.suite;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.Json;
import java.util.List;

/** Items as JSON objects, both ways; what is read has passed the schema. */
final class ItemJson {
  private ItemJson() {}

  static Item read(ObjectNode node, MarginForm form) {
    return kind(node).read(head(node), node, form);
  }

  /** Reads the items that one line stands for. */
  static List<Item> readAll(ObjectNode node, MarginForm form) {
    return kind(node).readAll(head(node), node, form);
  }

  private static ItemKind kind(ObjectNode node) {
    return ItemKind.of(node.get("kind").textValue());
  }

  private static Item.Head head(ObjectNode node) {
    return new Item.Head(
        node.get("id").textValue(),
        Tier.of(node.get("tier").textValue()),
        node.get("topic").textValue(),
        node.has("cluster") ? node.get("cluster").textValue() : node.get("id").textValue(),
        Conversation.read(node));
  }

  static ObjectNode write(Item item) {
    ObjectNode node = Json.mapper().createObjectNode();
    node.put("id", item.id());
    node.put("kind", item.kind().label());
    node.put("tier", item.tier().label());
    node.put("topic", item.topic());
    // Written only where they say something, so that suites without them keep their digests.
    if (!item.cluster().equals(item.id())) {
      node.put("cluster", item.cluster());
    }
    item.head().before().writeTo(node);
    item.writeTo(node);
    return node;
  }
}
