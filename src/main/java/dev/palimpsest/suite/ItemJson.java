package dev.palimpsest.suite;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.Json;

/** Items as JSON objects, both ways; what is read has passed the schema. */
final class ItemJson {
  private ItemJson() {}

  static Item read(ObjectNode node, MarginForm form) {
    Item.Head head =
        new Item.Head(
            node.get("id").textValue(),
            Tier.of(node.get("tier").textValue()),
            node.get("topic").textValue(),
            node.has("cluster") ? node.get("cluster").textValue() : node.get("id").textValue(),
            Conversation.read(node));
    return ItemKind.of(node.get("kind").textValue()).read(head, node, form);
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
