package dev.palimpsest.suite.prompted;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.suite.Item;
import dev.palimpsest.suite.check.CheckDefinition;
import dev.palimpsest.suite.check.CheckRegistry;
import dev.palimpsest.suite.choice.ChoiceItem;
import dev.palimpsest.suite.instruction.InstructionItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What an item takes for a right answer, where that is a text which a passage can give. */
public final class Answers {
  /** Checks whose words are the answer, and not its form. */
  private static final Set<String> OF_CONTENT =
      Set.of("answer_is", "ends_with_answer", "contains_any", "contains_all", "says", "json_value");

  private static final List<String> LISTS = List.of("anyOf", "words");

  private Answers() {}

  /**
   * One text of an answer.
   *
   * @param text as the item has it
   * @param place which part of the answer it is; answers in one place are of one kind
   */
  public record Part(String text, String place) {}

  /** Returns the right choice, or what checks of content look for; [] for other items. */
  public static List<Part> of(Item item) {
    if (item instanceof ChoiceItem choice) {
      return List.of(new Part(choice.choices().get(choice.answer()), "choice"));
    }
    return item instanceof InstructionItem instruction ? of(instruction) : List.of();
  }

  private static List<Part> of(InstructionItem item) {
    List<Part> parts = new ArrayList<>();
    for (CheckDefinition check : item.checks()) {
      ObjectNode definition = check.definition();
      String name = definition.path("check").asText();
      for (String list : LISTS) {
        if (OF_CONTENT.contains(name) && definition.path(list).isArray()) {
          String place = name + ":" + definition.path("key").asText();
          definition.get(list).forEach(text -> parts.add(new Part(text.asText(), place)));
        }
      }
    }
    return parts;
  }

  /** Returns the wrong choices, which could stand in a passage in the place of the right one. */
  public static List<String> alternatives(Item item) {
    if (!(item instanceof ChoiceItem choice)) {
      return List.of();
    }
    List<String> others = new ArrayList<>(choice.choices());
    others.remove(choice.answer());
    return others;
  }

  /** Returns the item that takes the other answer for right; empty where it cannot be made. */
  static Optional<Item> swapped(Item item, Swap swap) {
    if (item instanceof ChoiceItem choice) {
      int instead = choice.choices().indexOf(swap.instead());
      return instead < 0
          ? Optional.empty()
          : Optional.of(
              new ChoiceItem(choice.head(), choice.question(), choice.choices(), instead));
    }
    return item instanceof InstructionItem instruction
        ? Optional.of(swapped(instruction, swap))
        : Optional.empty();
  }

  private static Item swapped(InstructionItem item, Swap swap) {
    List<CheckDefinition> checks = new ArrayList<>();
    for (CheckDefinition check : item.checks()) {
      checks.add(CheckRegistry.define(swapped(check.definition(), swap), item.rules()));
    }
    return new InstructionItem(
        item.head(), item.prompt(), checks, item.repeats(), item.maxTokens());
  }

  private static ObjectNode swapped(ObjectNode definition, Swap swap) {
    ObjectNode copy = definition.deepCopy();
    for (Map.Entry<String, JsonNode> field : definition.properties()) {
      if (field.getValue().isArray() && holds(field.getValue(), swap.said())) {
        copy.putArray(field.getKey()).add(swap.instead());
      }
    }
    return copy;
  }

  private static boolean holds(JsonNode list, String text) {
    for (JsonNode one : list) {
      if (one.isTextual() && one.textValue().equalsIgnoreCase(text)) {
        return true;
      }
    }
    return false;
  }
}
