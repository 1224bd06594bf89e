package dev.palimpsest.suite;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.suite.check.InvalidField;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What stands before an item's question: a system prompt and earlier turns.
 *
 * @param system the system prompt, "" for none
 * @param turns earlier messages, the user's and the model's in turn, the user's first and the
 *     model's last; [] for none
 */
public record Conversation(String system, List<Turn> turns) {
  /** Nothing stands before the question. */
  public static final Conversation NONE = new Conversation("", List.of());

  /** Who speaks. */
  public enum Role {
    USER,
    ASSISTANT;

    /** Returns the name used in files and chat templates: "user" or "assistant". */
    public String label() {
      return this == USER ? "user" : "assistant";
    }
  }

  /** One message. */
  public record Turn(Role role, String content) {
    public Turn {
      Objects.requireNonNull(role, "role is null");
      Texts.require("content", content);
    }
  }

  public Conversation {
    Objects.requireNonNull(system, "system is null");
    turns = List.copyOf(turns);
    for (int i = 0; i < turns.size(); i++) {
      Role expected = i % 2 == 0 ? Role.USER : Role.ASSISTANT;
      if (turns.get(i).role() != expected) {
        throw new InvalidField(
            "turns[" + i + "].role",
            "\"" + turns.get(i).role().label() + "\"",
            "\"" + expected.label() + "\"; the user begins, and the two speak in turn");
      }
    }
    if (turns.size() % 2 != 0) {
      throw new InvalidField(
          "turns", "a user's turn at the end", "the model's answer to it; the question comes next");
    }
  }

  /** Tells whether nothing stands before the question. */
  public boolean isEmpty() {
    return system.isEmpty() && turns.isEmpty();
  }

  /** Reads the fields "system" and "turns" of an item that passed the schema. */
  static Conversation read(ObjectNode node) {
    if (!node.has("system") && !node.has("turns")) {
      return NONE;
    }
    List<Turn> turns = new ArrayList<>();
    node.path("turns")
        .forEach(
            turn ->
                turns.add(
                    new Turn(
                        turn.get("role").textValue().equals("user") ? Role.USER : Role.ASSISTANT,
                        turn.get("content").textValue())));
    if (node.has("system")) {
      Texts.require("system", node.get("system").textValue());
    }
    return new Conversation(node.path("system").asText(), turns);
  }

  /** Writes the fields that say something, so that items without them keep their digests. */
  void writeTo(ObjectNode node) {
    if (!system.isEmpty()) {
      node.put("system", system);
    }
    if (!turns.isEmpty()) {
      ArrayNode array = node.putArray("turns");
      turns.forEach(
          turn ->
              array.addObject().put("role", turn.role().label()).put("content", turn.content()));
    }
  }
}
