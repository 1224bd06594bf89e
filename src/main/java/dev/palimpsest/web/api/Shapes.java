package dev.palimpsest.web.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.Json;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * JSON Schemas (2020-12) of records as the mapper writes and reads them. Each record gets a name
 * and is referred to by it; what is optional may be null.
 */
final class Shapes {
  /** What a reference to a named schema begins with. */
  static final String REFERENCE = "#/components/schemas/";

  private final Map<String, ObjectNode> named = new TreeMap<>();
  private final Map<String, Class<?>> types = new TreeMap<>();

  /** Returns the schemas that were referred to, by name. */
  Map<String, ObjectNode> named() {
    return named;
  }

  /** Returns the schema of what is answered: every field is there, others may come to them. */
  ObjectNode answer(Type type) {
    return of(type, false);
  }

  /**
   * Returns the schema of what is taken: optional fields may be left out, and there are no others.
   */
  ObjectNode request(Type type) {
    return of(type, true);
  }

  /** Returns the schema of a page of a list. */
  ObjectNode page(Class<?> row) {
    ObjectNode schema = node("object");
    ObjectNode fields = schema.putObject("properties");
    fields.putObject("rows").put("type", "array").set("items", answer(row));
    fields.set("page", node("integer").put("minimum", 1));
    fields.set("size", node("integer").put("minimum", 1));
    fields.set("total", node("integer").put("minimum", 0));
    schema.putArray("required").add("rows").add("page").add("size").add("total");
    return schema;
  }

  private ObjectNode of(Type type, boolean taken) {
    if (type instanceof ParameterizedType generic) {
      return generic(generic, taken);
    }
    Class<?> plain = (Class<?>) type;
    if (plain.isRecord()) {
      return reference(plain, taken);
    }
    if (plain.isEnum()) {
      ObjectNode schema = node("string");
      ArrayNode values = schema.putArray("enum");
      Arrays.stream(plain.getEnumConstants()).forEach(one -> values.add(((Enum<?>) one).name()));
      return schema;
    }
    return simple(plain);
  }

  private static ObjectNode simple(Class<?> type) {
    if (type == String.class) {
      return node("string");
    }
    if (type == boolean.class || type == Boolean.class) {
      return node("boolean");
    }
    if (type == int.class || type == Integer.class) {
      return whole(Integer.MIN_VALUE, Integer.MAX_VALUE).put("format", "int32");
    }
    if (type == long.class || type == Long.class) {
      return whole(Long.MIN_VALUE, Long.MAX_VALUE).put("format", "int64");
    }
    if (type == double.class || type == Double.class) {
      return node("number");
    }
    if (type == Instant.class) {
      return node("string").put("format", "date-time");
    }
    if (type == OptionalLong.class) {
      return orNull(node("integer"));
    }
    if (JsonNode.class.isAssignableFrom(type)) {
      return Json.mapper().createObjectNode();
    }
    throw new IllegalStateException("no schema is known of " + type);
  }

  private ObjectNode generic(ParameterizedType type, boolean taken) {
    Class<?> raw = (Class<?>) type.getRawType();
    Type[] arguments = type.getActualTypeArguments();
    if (raw == Optional.class) {
      return orNull(of(arguments[0], taken));
    }
    if (Collection.class.isAssignableFrom(raw)) {
      ObjectNode schema = node("array");
      schema.set("items", of(arguments[0], taken));
      return schema;
    }
    if (raw == Map.class) {
      ObjectNode schema = node("object");
      schema.set("additionalProperties", of(arguments[1], taken));
      return schema;
    }
    throw new IllegalStateException("no schema is known of " + type);
  }

  private static ObjectNode orNull(ObjectNode schema) {
    if (schema.path("type").isTextual() && !schema.has("enum")) {
      String type = schema.path("type").textValue();
      schema.putArray("type").add(type).add("null");
      return schema;
    }
    ObjectNode either = Json.mapper().createObjectNode();
    either.putArray("anyOf").add(schema).add(node("null"));
    return either;
  }

  private ObjectNode reference(Class<?> type, boolean taken) {
    String name = name(type);
    Class<?> known = types.putIfAbsent(name, type);
    if (known != null && known != type) {
      throw new IllegalStateException(known + " and " + type + " have one name");
    }
    if (known == null) {
      ObjectNode schema = node("object");
      named.put(name, schema);
      fill(schema, type, taken);
    }
    return Json.mapper().createObjectNode().put("$ref", REFERENCE + name);
  }

  /** A record inside of another class is named after both. */
  private static String name(Class<?> type) {
    Class<?> outer = type.getEnclosingClass();
    boolean api = outer == null || outer.getSimpleName().startsWith("Api");
    return (api ? "" : outer.getSimpleName()) + type.getSimpleName();
  }

  private void fill(ObjectNode schema, Class<?> type, boolean taken) {
    ObjectNode fields = schema.putObject("properties");
    ArrayNode required = Json.mapper().createArrayNode();
    for (RecordComponent field : type.getRecordComponents()) {
      ObjectNode shape = of(field.getGenericType(), taken);
      Says says = field.getAnnotation(Says.class);
      fields.set(field.getName(), says == null ? shape : said(shape, says));
      boolean optional = taken ? field.getType() == Optional.class : isLeftOut(type, field);
      if (!optional) {
        required.add(field.getName());
      }
    }
    if (!required.isEmpty()) {
      schema.set("required", required);
    }
    if (taken) {
      schema.put("additionalProperties", false);
    }
  }

  private static boolean isLeftOut(Class<?> type, RecordComponent field) {
    try {
      JsonInclude include = type.getDeclaredField(field.getName()).getAnnotation(JsonInclude.class);
      return include != null && include.value() != JsonInclude.Include.ALWAYS;
    } catch (NoSuchFieldException impossible) {
      throw new IllegalStateException("every component of a record has a field", impossible);
    }
  }

  private static ObjectNode said(ObjectNode schema, Says says) {
    ObjectNode limited = schema;
    if (says.oneOf().length > 0) {
      ArrayNode values = limited.putArray("enum");
      Arrays.stream(says.oneOf()).forEach(values::add);
      if (limited.path("type").isArray()) {
        values.addNull();
      }
    }
    String kind =
        limited.path("type").isArray()
            ? limited.path("type").get(0).asText()
            : limited.path("type").asText();
    String unit =
        switch (kind) {
          case "array" -> "Items";
          case "object" -> "Properties";
          default -> "Length";
        };
    if (says.longest() < Integer.MAX_VALUE) {
      limited.put("max" + unit, says.longest());
    }
    if (says.shortest() > 0) {
      limited.put("min" + unit, says.shortest());
    }
    if (says.least() > Long.MIN_VALUE) {
      limited.put("minimum", says.least());
    }
    if (says.most() < Long.MAX_VALUE) {
      limited.put("maximum", says.most());
    }
    if (!says.pattern().isEmpty()) {
      limited.put("pattern", "^(" + says.pattern() + ")$");
    }
    if (!says.value().isEmpty()) {
      limited.put("description", says.value());
    }
    return limited;
  }

  private static ObjectNode whole(long least, long most) {
    return node("integer").put("minimum", least).put("maximum", most);
  }

  static ObjectNode node(String type) {
    return Json.mapper().createObjectNode().put("type", type);
  }
}
