package dev.palimpsest.audit.plan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.EditDistance;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoublePredicate;

/**
 * Reads the fields of a policy file; what is wrong with one is kept as a fault and read no further.
 */
final class PolicyFields {
  private static final int LONGEST_TEXT = 500;

  private final String file;
  private final PolicyYaml yaml;
  private final List<PolicyFault> faults;

  PolicyFields(String file, PolicyYaml yaml) {
    this.file = file;
    this.yaml = yaml;
    this.faults = new ArrayList<>(yaml.faults());
  }

  /** Returns what was wrong so far, in the order of the lines. */
  List<PolicyFault> faults() {
    return faults.stream().sorted(Comparator.comparingInt(PolicyFault::line)).toList();
  }

  /** Returns the last day on which a waiver holds. */
  Optional<LocalDate> date(JsonNode parent, String where) {
    JsonNode value = parent.path("expires");
    try {
      return Optional.of(LocalDate.parse(value.asText()));
    } catch (DateTimeParseException noDate) {
      fault(where + ".expires", found(value), "the last day on which it holds, such as 2027-01-31");
      return Optional.empty();
    }
  }

  /** Returns which of some words stands in a field, in lower case. */
  <E extends Enum<E>> Optional<E> word(JsonNode parent, String key, String where, E[] words) {
    JsonNode value = parent.path(key);
    List<String> known = new ArrayList<>();
    for (E word : words) {
      String label = word.name().toLowerCase(Locale.ROOT);
      known.add(label);
      if (label.equals(value.asText())) {
        return Optional.of(word);
      }
    }
    fault(place(where, key), found(value), either(known));
    return Optional.empty();
  }

  /** Returns a number that fits. */
  Optional<Double> number(
      JsonNode parent, String key, String where, DoublePredicate fits, String expected) {
    JsonNode value = parent.path(key);
    if (value.isNumber() && fits.test(value.doubleValue())) {
      return Optional.of(value.doubleValue());
    }
    fault(place(where, key), found(value), expected);
    return Optional.empty();
  }

  /** Returns words on one line. */
  Optional<String> text(JsonNode parent, String key, String where) {
    JsonNode value = parent.path(key);
    String text = value.isValueNode() && !value.isNull() ? value.asText().strip() : "";
    boolean fits =
        !text.isEmpty()
            && text.length() <= LONGEST_TEXT
            && text.chars().noneMatch(Character::isISOControl);
    if (!fits) {
      fault(place(where, key), found(value), "words on one line, at most " + LONGEST_TEXT);
    }
    return fits ? Optional.of(text) : Optional.empty();
  }

  /** Returns a list of ids that all differ; empty where the field is not there. */
  List<String> texts(JsonNode parent, String key, String where) {
    List<String> texts = new ArrayList<>();
    if (!parent.has(key)) {
      return texts;
    }
    JsonNode list = parent.get(key);
    if (!list.isArray() || list.isEmpty()) {
      fault(place(where, key), found(list), "a list of ids such as [ID, ID]");
      return texts;
    }
    for (int i = 0; i < list.size(); i++) {
      if (!list.get(i).isTextual() || list.get(i).textValue().isBlank()) {
        fault(place(where, key) + "[" + i + "]", found(list.get(i)), "an id");
      } else if (texts.contains(list.get(i).textValue())) {
        fault(
            place(where, key) + "[" + i + "]",
            list.get(i).textValue() + " a second time",
            "each id once");
      } else {
        texts.add(list.get(i).textValue());
      }
    }
    return texts;
  }

  /** Returns the places of a list's elements; a fault where it is there and no list. */
  List<String> elements(JsonNode parent, String key) {
    List<String> places = new ArrayList<>();
    JsonNode list = parent.path(key);
    if (list.isMissingNode()) {
      return places;
    }
    if (!list.isArray() || list.isEmpty()) {
      fault(key, found(list), "a list with at least one entry");
    }
    for (int i = 0; list.isArray() && i < list.size(); i++) {
      places.add(key + "[" + i + "]");
    }
    return places;
  }

  /** Returns the index in the place of a list's element. */
  static int index(String place) {
    return Integer.parseInt(place.substring(place.indexOf('[') + 1, place.length() - 1));
  }

  /** Tells whether a value is an object; a fault where it is none. */
  boolean object(JsonNode value, String where, String expected) {
    if (!value.isObject()) {
      fault(where, found(value), expected);
    }
    return value.isObject();
  }

  /** Names fields that are not among the known ones, each with the closest. */
  void known(JsonNode object, String where, List<String> keys) {
    for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!keys.contains(name)) {
        String closest =
            keys.stream()
                .min(Comparator.comparingInt(key -> EditDistance.between(key, name)))
                .orElse("");
        fault(
            place(where, name),
            "an unknown field",
            EditDistance.between(closest, name) <= 2 ? closest : either(keys));
      }
    }
  }

  private static String either(List<String> words) {
    int last = words.size() - 1;
    return last == 0
        ? words.get(0)
        : String.join(", ", words.subList(0, last)) + " or " + words.get(last);
  }

  private static String place(String where, String key) {
    return where.isEmpty() ? key : where + "." + key;
  }

  static String found(JsonNode value) {
    if (value.isMissingNode() || value.isNull() || value.asText("-").isEmpty()) {
      return "nothing";
    }
    if (value.isContainerNode()) {
      return value.isEmpty() ? "an empty list or object" : value.isArray() ? "a list" : "an object";
    }
    String text = value.asText();
    return text.length() <= 60 ? text : text.substring(0, 60) + "…";
  }

  void fault(String field, String found, String expected) {
    faults.add(new PolicyFault(file, yaml.line(field), field, found, expected));
  }
}
