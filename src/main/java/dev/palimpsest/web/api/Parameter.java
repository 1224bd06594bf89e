package dev.palimpsest.web.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Objects;

/**
 * A part of an address that an operation reads: a step of its path, or a query parameter.
 *
 * @param name of it
 * @param inPath whether it is a step of the path
 * @param required whether it has to be there
 * @param schema of its value
 * @param says what it is, in words
 */
record Parameter(String name, boolean inPath, boolean required, ObjectNode schema, String says) {
  /** The longest text that a query parameter may have. */
  static final int LONGEST = 200;

  Parameter {
    Objects.requireNonNull(name, "name is null");
    Objects.requireNonNull(schema, "schema is null");
    Objects.requireNonNull(says, "says is null");
  }

  static Parameter step(String name) {
    return new Parameter(name, true, true, Shapes.node("string").put("minLength", 1), "");
  }

  static Parameter text(String name, String says) {
    ObjectNode schema = Shapes.node("string").put("maxLength", LONGEST);
    return new Parameter(name, false, false, schema, says);
  }

  static Parameter required(String name, String says) {
    ObjectNode schema = Shapes.node("string").put("minLength", 1).put("maxLength", LONGEST);
    return new Parameter(name, false, true, schema, says);
  }

  static Parameter number(String name, int least, int most, int usual, String says) {
    ObjectNode schema = Shapes.node("integer").put("minimum", least).put("maximum", most);
    return new Parameter(name, false, false, schema.put("default", usual), says);
  }

  static Parameter oneOf(String name, String says, String... values) {
    ObjectNode schema = Shapes.node("string");
    Arrays.stream(values).forEach(schema.withArray("enum")::add);
    return new Parameter(name, false, false, schema, says);
  }

  boolean isNumber() {
    return schema.path("type").asText().equals("integer");
  }
}
