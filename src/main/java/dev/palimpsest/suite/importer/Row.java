package dev.palimpsest.suite.importer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.suite.SuiteException;
import java.util.ArrayList;
import java.util.List;

/**
 * An object of a file, with access to its fields that fails by naming file, line and field.
 *
 * @param line from 1; 0 where it is the whole file
 */
public record Row(Source source, int line, ObjectNode object) {
  private static final int LONGEST_EXCERPT = 80;

  /** Tells whether the field is there and not null. */
  public boolean has(String field) {
    return object.hasNonNull(field);
  }

  public String text(String field) {
    return text(field, object.get(field));
  }

  public String textOr(String field, String otherwise) {
    return has(field) ? text(field) : otherwise;
  }

  public int integer(String field) {
    JsonNode value = object.get(field);
    if (value == null || !value.isInt()) {
      throw wrong(field, value, "a whole number");
    }
    return value.intValue();
  }

  public List<String> texts(String field) {
    return texts(field, object.get(field));
  }

  public List<String> texts(String field, JsonNode value) {
    List<String> texts = new ArrayList<>();
    for (JsonNode element : list(field, value)) {
      texts.add(text(field + "[" + texts.size() + "]", element));
    }
    return texts;
  }

  public JsonNode list(String field, JsonNode value) {
    if (value == null || !value.isArray() || value.isEmpty()) {
      throw wrong(field, value, "a list with at least one element");
    }
    return value;
  }

  public String text(String field, JsonNode value) {
    if (value == null || !value.isTextual()) {
      throw wrong(field, value, "a text");
    }
    return value.textValue();
  }

  /** Returns the failure of a field. */
  public SuiteException wrong(String field, JsonNode found, String expected) {
    String said = found == null || found.isMissingNode() ? "nothing" : found.toString();
    return fault(field, excerpt(said), expected);
  }

  public SuiteException fault(String field, String found, String expected) {
    return source.fault(line, field, found, expected);
  }

  private static String excerpt(String text) {
    return text.length() <= LONGEST_EXCERPT ? text : text.substring(0, LONGEST_EXCERPT - 1) + "…";
  }
}
