package dev.palimpsest.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.palimpsest.Json;
import dev.palimpsest.suite.check.InvalidField;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;

/** A JSON Schema from this package's resources, and its complaints in the words of this project. */
final class JsonShape {
  static final JsonShape SUITE = new JsonShape("suite-1.schema.json");
  static final JsonShape ITEM = new JsonShape("item-1.schema.json");

  private final Schema schema;

  private JsonShape(String resource) {
    SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    schema = registry.getSchema(read(resource));
  }

  private static JsonNode read(String resource) {
    try (InputStream stream = JsonShape.class.getResourceAsStream(resource)) {
      return Json.mapper().readTree(stream);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Checks a document.
   *
   * @throws InvalidField for the first of its faults, the one nearest to the root
   */
  void check(JsonNode node) {
    List<Error> errors = schema.validate(node);
    errors.stream()
        .min(Comparator.comparingInt(JsonShape::rank).thenComparing(JsonShape::path))
        .ifPresent(
            error -> {
              throw fault(error);
            });
  }

  /** A wrong kind or a missing field explains more than what follows from it. */
  private static int rank(Error error) {
    int depth = error.getInstanceLocation().getNameCount();
    return switch (error.getKeyword()) {
      case "enum", "const" -> depth * 4;
      case "required" -> depth * 4 + 1;
      case "additionalProperties", "unevaluatedProperties" -> depth * 4 + 2;
      default -> depth * 4 + 3;
    };
  }

  private static String path(Error error) {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < error.getInstanceLocation().getNameCount(); i++) {
      Object step = error.getInstanceLocation().getElement(i);
      if (step instanceof Integer) {
        path.append('[').append(step).append(']');
      } else {
        path.append(path.length() == 0 ? "" : ".").append(step);
      }
    }
    return path.toString();
  }

  private static InvalidField fault(Error error) {
    String path = path(error);
    return switch (error.getKeyword()) {
      case "required" ->
          new InvalidField(below(path, error.getProperty()), "nothing", "a value; it is required");
      case "additionalProperties", "unevaluatedProperties" ->
          new InvalidField(
              below(path, error.getProperty()), "an unknown field", "only fields of the format");
      default -> new InvalidField(path, found(error), expected(error));
    };
  }

  private static String below(String path, String property) {
    return path.isEmpty() ? property : path + "." + property;
  }

  private static String found(Error error) {
    String value = String.valueOf(error.getInstanceNode());
    return value.length() <= 80 ? value : value.substring(0, 77) + "…";
  }

  private static String expected(Error error) {
    Object[] arguments = error.getArguments();
    String first = arguments == null || arguments.length == 0 ? "" : String.valueOf(arguments[0]);
    String second = arguments == null || arguments.length < 2 ? "" : String.valueOf(arguments[1]);
    return switch (error.getKeyword()) {
      case "type" -> second.isEmpty() ? error.getMessage() : "a value of type " + second;
      case "enum" -> "one of " + first;
      case "const" -> first;
      case "minimum" -> "at least " + first;
      case "maximum" -> "at most " + first;
      case "exclusiveMinimum" -> "more than " + first;
      case "exclusiveMaximum" -> "less than " + first;
      case "minLength" -> "at least " + first + " characters";
      case "maxLength" -> "at most " + first + " characters";
      case "minItems" -> "at least " + first + " elements";
      case "maxItems" -> "at most " + first + " elements";
      case "pattern" -> "text that matches " + first;
      default -> error.getMessage();
    };
  }
}
