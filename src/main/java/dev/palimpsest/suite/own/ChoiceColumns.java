package dev.palimpsest.suite.own;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.Json;
import dev.palimpsest.suite.check.InvalidField;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Gathers choices out of their columns and finds the right one, which may be named by its letter,
 * by its number or by its text.
 */
final class ChoiceColumns {
  private static final String BAR = "\\s*\\|\\s*";

  private final List<String> choices = new ArrayList<>();

  /** Whether numbers of answers are those of columns, from 1; they count from 0 otherwise. */
  private boolean numbered;

  private ChoiceColumns() {}

  /**
   * Replaces the columns of an item by the fields of the format.
   *
   * @throws InvalidField if choices have a gap, or the answer is none of them or two at once
   */
  static void gather(ObjectNode item) {
    ChoiceColumns columns = new ChoiceColumns();
    columns.read(item);
    JsonNode answer = item.get("answer");
    if (answer != null && answer.isTextual()) {
      item.put("answer", columns.index(answer.textValue().strip()));
    }
  }

  private void read(ObjectNode item) {
    if (item.has("choices")) {
      readList(item);
      return;
    }
    List<String> letters = cells(item, false);
    List<String> numbers = cells(item, true);
    if (!letters.isEmpty() && !numbers.isEmpty()) {
      throw new InvalidField("choices", "columns a, b, … and choice_1, choice_2, …", "one sort");
    }
    numbered = !numbers.isEmpty();
    choices.addAll(numbered ? numbers : letters);
    if (!choices.isEmpty()) {
      choices.forEach(item.putArray("choices")::add);
    }
  }

  /** A column of all choices holds a JSON list, or texts with bars between them. */
  private void readList(ObjectNode item) {
    JsonNode given = item.get("choices");
    if (given.isTextual()) {
      String text = given.textValue().strip();
      ArrayNode list = item.putArray("choices");
      if (text.startsWith("[")) {
        parsed(text).forEach(list::add);
      } else {
        List.of(text.split(BAR)).forEach(list::add);
      }
    }
    item.get("choices").forEach(choice -> choices.add(choice.asText()));
  }

  private static JsonNode parsed(String text) {
    try {
      return Json.mapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new InvalidField(
          "choices", OwnItems.excerpt(text), "a JSON list, or texts with | between them");
    }
  }

  private static List<String> cells(ObjectNode item, boolean numbered) {
    List<String> cells = new ArrayList<>();
    String gap = "";
    for (int i = 0; i < OwnKind.MOST_CHOICES; i++) {
      String column = numbered ? OwnKind.numbered(i + 1) : OwnKind.letter(i);
      JsonNode cell = item.remove(column);
      if (cell == null) {
        gap = gap.isEmpty() ? column : gap;
      } else if (!gap.isEmpty()) {
        throw new InvalidField(gap, "nothing, though " + column + " is there", "no gap");
      } else {
        cells.add(cell.asText().strip());
      }
    }
    return cells;
  }

  private int index(String answer) {
    Map<Integer, String> meant = new TreeMap<>();
    for (int i = 0; i < choices.size(); i++) {
      if (choices.get(i).strip().equals(answer)) {
        meant.merge(i, "the text", (one, other) -> one);
      }
      if (OwnKind.letter(i).equals(answer.toLowerCase(Locale.ROOT))) {
        meant.merge(i, "the letter", (one, other) -> one);
      }
      if (String.valueOf(numbered ? i + 1 : i).equals(answer)) {
        meant.merge(i, "the number", (one, other) -> one);
      }
    }
    if (meant.size() == 1) {
      return meant.keySet().iterator().next();
    }
    throw new InvalidField("answer", found(answer, meant), expected());
  }

  private static String found(String answer, Map<Integer, String> meant) {
    String said = OwnItems.excerpt(answer);
    return meant.isEmpty()
        ? said
        : said
            + ", which is "
            + meant.entrySet().stream()
                .map(one -> one.getValue() + " of choice " + OwnKind.letter(one.getKey()))
                .collect(Collectors.joining(" and "));
  }

  private String expected() {
    int last = Math.max(0, choices.size() - 1);
    return String.format(
        Locale.ROOT,
        "a letter from a to %s, a number from %d to %d, or the text of a choice, that names one",
        OwnKind.letter(Math.min(last, OwnKind.MOST_CHOICES - 1)),
        numbered ? 1 : 0,
        numbered ? last + 1 : last);
  }
}
