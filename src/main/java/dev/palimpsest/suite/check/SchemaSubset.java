package dev.palimpsest.suite.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The part of JSON Schema 2020-12 that an item may use: no references, so that nothing is fetched
 * and nothing refers to itself, and RE2 patterns, so that none can hang an audit.
 */
final class SchemaSubset {
  private static final Set<String> PLAIN =
      Set.of(
          ("type enum const required minProperties maxProperties dependentRequired minItems maxItems"
                  + " uniqueItems minContains maxContains minimum maximum exclusiveMinimum"
                  + " exclusiveMaximum multipleOf minLength maxLength pattern title description")
              .split(" "));
  private static final Set<String> OF_SCHEMA =
      Set.of("items additionalProperties contains propertyNames not if then else".split(" "));
  private static final Set<String> OF_SCHEMAS = Set.of("prefixItems", "allOf", "anyOf", "oneOf");
  private static final Set<String> OF_NAMED = Set.of("properties", "patternProperties");

  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(
          SpecificationVersion.DRAFT_2020_12,
          builder ->
              builder.schemaRegistryConfig(
                  SchemaRegistryConfig.builder()
                      .regularExpressionFactory(SchemaSubset::linear)
                      .build()));

  private SchemaSubset() {}

  /**
   * Makes a schema ready to run.
   *
   * @throws InvalidField if it is none, or goes beyond the subset
   */
  static Schema compile(String field, JsonNode node) {
    require(field, node);
    List<Error> errors =
        REGISTRY
            .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"))
            .validate(node);
    if (!errors.isEmpty()) {
      Error error = errors.get(0);
      throw new InvalidField(
          field,
          "a fault at " + error.getInstanceLocation() + " (" + error.getMessage() + ")",
          "a JSON Schema 2020-12");
    }
    return REGISTRY.getSchema(node);
  }

  private static void require(String field, JsonNode node) {
    if (node.isBoolean()) {
      return;
    }
    if (!node.isObject()) {
      throw new InvalidField(field, node.toString(), "a JSON Schema, an object");
    }
    for (Map.Entry<String, JsonNode> keyword : node.properties()) {
      requireKeyword(field, keyword.getKey(), keyword.getValue());
    }
  }

  private static void requireKeyword(String parent, String keyword, JsonNode value) {
    String field = parent + "." + keyword;
    if (OF_SCHEMA.contains(keyword)) {
      require(field, value);
    } else if (OF_SCHEMAS.contains(keyword)) {
      value.forEach(each -> require(field, each));
    } else if (OF_NAMED.contains(keyword)) {
      for (Map.Entry<String, JsonNode> each : value.properties()) {
        if (keyword.equals("patternProperties")) {
          requirePattern(field, each.getKey());
        }
        require(field + "." + each.getKey(), each.getValue());
      }
    } else if (!PLAIN.contains(keyword)) {
      throw new InvalidField(
          field, "a keyword that is not supported", "keywords without references: docs/SUITES.md");
    } else if (keyword.equals("pattern")) {
      requirePattern(field, value.asText());
    }
  }

  private static void requirePattern(String field, String pattern) {
    try {
      Pattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      throw new InvalidField(field, "\"" + pattern + "\"", "RE2 syntax");
    }
  }

  private static com.networknt.schema.regex.RegularExpression linear(String regex) {
    Pattern pattern = Pattern.compile(regex);
    return value -> pattern.matcher(value).find();
  }
}
