package dev.palimpsest.suite.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads the parameters of one check; what no one asked for is refused at the end. */
final class Params {
  private static final int MAX_PATTERN_LENGTH = 1000;

  private final ObjectNode node;
  private final Rules rules;
  private final Set<String> known = new HashSet<>(Set.of("check"));

  Params(ObjectNode node, Rules rules) {
    this.node = node;
    this.rules = rules;
  }

  /** Reads atLeast, atMost and exactly; at least one has to be there. */
  Range range() {
    Range range = rangeOrAny();
    if (range.isAny()) {
      throw new InvalidField("", "no limit", "atLeast, atMost or exactly");
    }
    return range;
  }

  /** Reads atLeast, atMost and exactly; without any of them every number is within. */
  Range rangeOrAny() {
    Integer exactly = integerOrNull("exactly", 0);
    Integer atLeast = integerOrNull("atLeast", 0);
    Integer atMost = integerOrNull("atMost", 0);
    if (exactly != null && (atLeast != null || atMost != null)) {
      throw new InvalidField("exactly", "another limit beside it", "exactly alone");
    }
    if (atLeast != null && atMost != null && atLeast > atMost) {
      throw new InvalidField("atLeast", atLeast + ", above atMost", "at most " + atMost);
    }
    return exactly != null
        ? new Range(exactly, exactly)
        : new Range(atLeast == null ? 0 : atLeast, atMost == null ? Range.NO_LIMIT : atMost);
  }

  int integer(String name, int min) {
    Integer value = integerOrNull(name, min);
    if (value == null) {
      throw new InvalidField(name, "nothing", "a whole number");
    }
    return value;
  }

  private Integer integerOrNull(String name, int min) {
    JsonNode value = take(name);
    if (value == null) {
      return null;
    }
    if (!value.isInt() || value.intValue() < min) {
      throw new InvalidField(name, value.toString(), "a whole number of at least " + min);
    }
    return value.intValue();
  }

  boolean flag(String name) {
    JsonNode value = take(name);
    if (value != null && !value.isBoolean()) {
      throw new InvalidField(name, value.toString(), "true or false");
    }
    return value != null && value.booleanValue();
  }

  String string(String name) {
    return text(name, take(name));
  }

  String stringOr(String name, String otherwise) {
    JsonNode value = take(name);
    return value == null ? otherwise : text(name, value);
  }

  private String text(String name, JsonNode value) {
    if (value == null || !value.isTextual() || value.textValue().isEmpty()) {
      throw new InvalidField(name, value == null ? "nothing" : value.toString(), "a text");
    }
    return rules == Rules.OWN ? Text.normaliseParameter(value.textValue()) : value.textValue();
  }

  List<String> strings(String name) {
    JsonNode value = array(name);
    List<String> strings = new ArrayList<>();
    for (JsonNode element : value) {
      strings.add(text(name + "[" + strings.size() + "]", element));
    }
    return List.copyOf(strings);
  }

  /** Reads a list of whole numbers of at least 0, or [] where there is none. */
  List<Integer> integersOrNone(String name) {
    if (!node.has(name)) {
      known.add(name);
      return List.of();
    }
    List<Integer> integers = new ArrayList<>();
    for (JsonNode element : array(name)) {
      if (!element.isInt() || element.intValue() < 0) {
        throw new InvalidField(
            name + "[" + integers.size() + "]", element.toString(), "a whole number");
      }
      integers.add(element.intValue());
    }
    return List.copyOf(integers);
  }

  /** Reads a list of texts, or [] where there is none. */
  List<String> stringsOrNone(String name) {
    if (node.has(name)) {
      return strings(name);
    }
    known.add(name);
    return List.of();
  }

  /** Reads a number of any size. */
  BigDecimal number(String name) {
    JsonNode value = take(name);
    if (value == null || !value.isNumber()) {
      throw new InvalidField(name, value == null ? "nothing" : value.toString(), "a number");
    }
    return value.decimalValue();
  }

  /** Reads an object. */
  JsonNode object(String name) {
    JsonNode value = take(name);
    if (value == null || !value.isObject()) {
      throw new InvalidField(name, value == null ? "nothing" : value.toString(), "an object");
    }
    return value;
  }

  /** Reads one of two words; true for the second. */
  boolean choice(String name, String first, String second) {
    String value = string(name);
    if (!value.equals(first) && !value.equals(second)) {
      throw new InvalidField(name, "\"" + value + "\"", "\"" + first + "\" or \"" + second + "\"");
    }
    return value.equals(second);
  }

  char characterOr(String name, char otherwise) {
    String value = stringOr(name, String.valueOf(otherwise));
    if (value.length() != 1 || "\"\r\n".contains(value)) {
      throw new InvalidField(name, "\"" + value + "\"", "one character that is no quote or break");
    }
    return value.charAt(0);
  }

  String languageOr(String name, String otherwise) {
    return node.has(name) ? Languages.require(name, string(name)) : stringOr(name, otherwise);
  }

  /** Reads a whole number, or nothing where every number is within. */
  Range rangeOrAny(String name) {
    Integer value = integerOrNull(name, 0);
    return value == null ? new Range(0, Range.NO_LIMIT) : new Range(value, value);
  }

  private JsonNode array(String name) {
    JsonNode value = take(name);
    if (value == null || !value.isArray() || value.isEmpty()) {
      throw new InvalidField(
          name, value == null ? "nothing" : value.toString(), "a list with at least one element");
    }
    return value;
  }

  /** Reads one letter, lower-cased. */
  int letter(String name) {
    String value = string(name).toLowerCase(Locale.ROOT);
    int letter = value.codePointAt(0);
    if (value.codePointCount(0, value.length()) != 1 || !Character.isLetter(letter)) {
      throw new InvalidField(name, "\"" + value + "\"", "one letter");
    }
    return letter;
  }

  /** Reads a regular expression; RE2 runs in linear time, so no pattern can hang an audit. */
  Pattern pattern(String name) {
    String value = string(name);
    if (value.length() > MAX_PATTERN_LENGTH) {
      throw new InvalidField(name, value.length() + " characters", "at most 1000 characters");
    }
    try {
      return Pattern.compile(value);
    } catch (PatternSyntaxException e) {
      throw new InvalidField(name, "\"" + value + "\" (" + e.getDescription() + ")", "RE2 syntax");
    }
  }

  private JsonNode take(String name) {
    known.add(name);
    return node.get(name);
  }

  void refuseOthers() {
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                throw new InvalidField(name, "an unknown parameter", "only " + parameters());
              }
            });
  }

  private String parameters() {
    return known.stream().filter(name -> !name.equals("check")).sorted().toList().toString();
  }
}
