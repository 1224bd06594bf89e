package dev.palimpsest.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * One request of a file, with access to its fields that fails by naming file, line and field.
 *
 * @param file where it was read from
 * @param number line, from 1
 * @param object the fields
 */
record JsonLine(Path file, int number, ObjectNode object) {
  /** Returns the required id, a string or a number, to be echoed in the answer. */
  JsonNode id() {
    JsonNode id = object.get("id");
    if (id == null || !(id.isTextual() || id.isNumber())) {
      throw wrong("id", "a string or a number");
    }
    return id;
  }

  /** Tells whether the field is there and not null. */
  boolean has(String field) {
    return object.hasNonNull(field);
  }

  /** Returns a required string. */
  String text(String field) {
    JsonNode value = object.get(field);
    if (value == null || !value.isTextual()) {
      throw wrong(field, "a string");
    }
    return value.textValue();
  }

  /** Returns an optional boolean. */
  boolean flag(String field, boolean absent) {
    if (!has(field)) {
      return absent;
    }
    JsonNode value = object.get(field);
    if (!value.isBoolean()) {
      throw wrong(field, "true or false");
    }
    return value.booleanValue();
  }

  /** Returns a required list of token ids, each 0 or more; [] is accepted. */
  int[] ids(String field) {
    JsonNode values = object.get(field);
    if (values == null || !values.isArray()) {
      throw wrong(field, "a list of token ids");
    }
    int[] ids = new int[values.size()];
    for (int i = 0; i < ids.length; i++) {
      JsonNode value = values.get(i);
      if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 0) {
        throw fail(field, "entry " + i + " should be a token id (0 or more) but is " + value);
      }
      ids[i] = value.intValue();
    }
    return ids;
  }

  /** Fails if one of the token ids is not in a vocabulary of the given size. */
  void checkVocabulary(String field, int vocabulary) {
    for (int id : ids(field)) {
      if (id >= vocabulary) {
        throw fail(
            field, "has the token id %d; the model's ids end at %d".formatted(id, vocabulary - 1));
      }
    }
  }

  /** Fails if a field is there that the command does not know, so that a typing error is seen. */
  void allowOnly(Set<String> fields) {
    object
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!fields.contains(name)) {
                throw fail(name, "is not known; use " + String.join(", ", new TreeSet<>(fields)));
              }
            });
  }

  /** Returns the failure of a field that is missing or of another kind than expected. */
  RequestsException wrong(String field, String expected) {
    JsonNode found = object.get(field);
    return fail(
        field,
        found == null
            ? "is missing; it should be " + expected
            : "should be " + expected + " but is " + kind(found));
  }

  /** Returns a failure that names this line and the field. */
  RequestsException fail(String field, String problem) {
    return new RequestsException(
        "%s, line %d: field \"%s\" %s.".formatted(file, number, field, problem));
  }

  /** Returns what a JSON value is, in words. */
  static String kind(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> "an object";
      case ARRAY -> "a list";
      case MISSING -> "nothing";
      case NULL -> "null";
      default -> "a " + node.getNodeType().name().toLowerCase(Locale.ROOT);
    };
  }
}
