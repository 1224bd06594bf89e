package dev.palimpsest.web.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.palimpsest.Json;
import dev.palimpsest.web.failure.WebException;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Checks what arrives for an operation against what its description says. */
final class Arrival {
  private static final String JSON = "application/json";

  private final Operation operation;
  private final Map<String, Parameter> query;
  private final Supplier<Schema> body;

  Arrival(Operation operation, Shapes shapes) {
    this.operation = operation;
    this.query =
        operation.parameters().stream()
            .filter(parameter -> !parameter.inPath())
            .collect(Collectors.toMap(Parameter::name, parameter -> parameter));
    this.body = once(() -> schema(operation.takes().orElseThrow(), shapes));
  }

  /** Schemas are compiled when the first request needs them. */
  private static <T> Supplier<T> once(Supplier<T> make) {
    return new Supplier<>() {
      private T made;

      @Override
      public synchronized T get() {
        if (made == null) {
          made = make.get();
        }
        return made;
      }
    };
  }

  /** Named schemas lie elsewhere in a schema of its own than in the document. */
  private static Schema schema(ObjectNode schema, Shapes shapes) {
    ObjectNode whole = schema.deepCopy();
    ObjectNode named = whole.putObject("$defs");
    shapes.named().forEach(named::set);
    String text = whole.toString().replace(Shapes.REFERENCE, "#/$defs/");
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(text, InputFormat.JSON);
  }

  /**
   * Reads a request.
   *
   * @throws WebException with 400 and the field if it is not as the description says, with 415 if
   *     its body is no JSON
   */
  Call read(Context ctx) {
    ctx.queryParamMap().forEach(this::checkQuery);
    query.values().stream()
        .filter(parameter -> parameter.required() && ctx.queryParam(parameter.name()) == null)
        .findFirst()
        .ifPresent(
            missing -> {
              throw WebException.badField(
                  missing.name(),
                  "The parameter \"" + missing.name() + "\" is missing: " + missing.says());
            });
    if (operation.isReading()) {
      return new Call(ctx, MissingNode.getInstance());
    }
    requireJson(ctx);
    if (operation.takes().isEmpty()) {
      return new Call(ctx, MissingNode.getInstance());
    }
    JsonNode sent = json(ctx);
    check(body.get().validate(sent), "body");
    return new Call(ctx, sent);
  }

  private void checkQuery(String name, List<String> values) {
    Parameter parameter = query.get(name);
    if (parameter == null) {
      throw WebException.badField(
          name,
          "There is no parameter \""
              + name
              + "\" here; "
              + (query.isEmpty()
                  ? "leave it out."
                  : "there are "
                      + String.join(", ", query.keySet().stream().sorted().toList())
                      + "."));
    }
    if (values.size() > 1) {
      throw WebException.badField(name, "The parameter \"" + name + "\" is given twice; give one.");
    }
    String value = values.get(0);
    JsonNode read =
        parameter.isNumber() && value.matches("-?[0-9]{1,9}")
            ? Json.mapper().getNodeFactory().numberNode(Integer.parseInt(value))
            : Json.mapper().getNodeFactory().textNode(value);
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(parameter.schema());
    check(schema.validate(read), name);
  }

  /** A form of another site can post text, but not JSON, and no browser lets it delete anything. */
  private void requireJson(Context ctx) {
    String type = Optional.ofNullable(ctx.contentType()).orElse("").toLowerCase(Locale.ROOT);
    boolean bodiless = operation.takes().isEmpty() && type.isEmpty();
    if (!bodiless && !type.split(";", 2)[0].strip().equals(JSON)) {
      throw new WebException(415, "Send JSON, with the header Content-Type: application/json.");
    }
  }

  private static JsonNode json(Context ctx) {
    try {
      JsonNode sent = Json.mapper().readTree(ctx.bodyAsBytes());
      if (sent == null || sent.isMissingNode()) {
        throw WebException.badRequest("The body is empty; send a JSON object.");
      }
      return sent;
    } catch (IOException notJson) {
      throw new WebException(400, "The body is no JSON; send one JSON object in UTF-8.", notJson);
    }
  }

  private static void check(List<Error> errors, String whole) {
    errors.stream()
        .min(Comparator.comparing((Error error) -> error.getInstanceLocation().getNameCount()))
        .ifPresent(
            error -> {
              String field = field(error, whole);
              throw WebException.badField(
                  field,
                  "The field "
                      + field
                      + " is not as the API's description has it: "
                      + error.getMessage()
                      + ".");
            });
  }

  private static String field(Error error, String whole) {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < error.getInstanceLocation().getNameCount(); i++) {
      Object step = error.getInstanceLocation().getElement(i);
      if (step instanceof Integer) {
        path.append('[').append(step).append(']');
      } else {
        path.append(path.length() == 0 ? "" : ".").append(step);
      }
    }
    String property = error.getProperty();
    if (property != null) {
      path.append(path.length() == 0 ? "" : ".").append(property);
    }
    return path.length() == 0 ? whole : path.toString();
  }
}
