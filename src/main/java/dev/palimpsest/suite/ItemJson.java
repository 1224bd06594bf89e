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
            node.get("topic").textValue());
    return ItemKind.of(node.get("kind").textValue()).read(head, node, form);
  }

  static ObjectNode write(Item item) {
    ObjectNode node = Json.mapper().createObjectNode();
    node.put("id", item.id());
    node.put("kind", item.kind().label());
    node.put("tier", item.tier().label());
    node.put("topic", item.topic());
    item.writeTo(node);
    return node;
  }
}
