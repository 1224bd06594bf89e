package dev.palimpsest.audit.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * YAML, and so JSON, as a tree of JSON with the line of each value. Nothing is constructed of it:
 * tags are not followed, and what refers to another place is refused, as it can grow without end.
 */
final class PolicyYaml {
  private final String file;
  private final Map<String, Integer> lines = new HashMap<>();
  private final List<PolicyFault> faults = new ArrayList<>();
  private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final JsonNode root;

  /**
   * Reads a text.
   *
   * @param file its name
   * @throws PolicyException if it is neither YAML nor JSON
   */
  PolicyYaml(String file, String text) {
    this.file = file;
    Node node = composed(text);
    this.root = node == null ? JsonNodeFactory.instance.missingNode() : tree(node, "");
  }

  /** Returns what is written; a missing node where nothing is. */
  JsonNode root() {
    return root;
  }

  /** Returns what is wrong with the text as such: keys that come twice, references. */
  List<PolicyFault> faults() {
    return faults;
  }

  /** Returns the line of a field from 1, or that of what it should be in. */
  int line(String field) {
    String place = field;
    while (!lines.containsKey(place) && !place.isEmpty()) {
      place = place.substring(0, Math.max(0, Math.max(dot(place), place.lastIndexOf('['))));
    }
    return lines.getOrDefault(place, 1);
  }

  private static int dot(String field) {
    return field.lastIndexOf('.');
  }

  private Node composed(String text) {
    // JSON may be indented by tabs, which YAML refuses; in its strings no tab stands as such.
    String yaml = text.stripLeading().startsWith("{") ? text.replace('\t', ' ') : text;
    try {
      return new Yaml(new LoaderOptions()).compose(new StringReader(yaml));
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      throw new PolicyException(
          file + " is neither YAML nor JSON at line " + line + "; correct it there.", e);
    } catch (YAMLException e) {
      throw new PolicyException(file + " is neither YAML nor JSON; correct it.", e);
    }
  }

  private JsonNode tree(Node node, String field) {
    int line = node.getStartMark().getLine() + 1;
    lines.putIfAbsent(field, line);
    if (!seen.add(node)) {
      throw new PolicyException(
          List.of(
              new PolicyFault(
                  file, line(field), field, "a reference to another place", "the value itself")));
    }
    if (node instanceof MappingNode mapping) {
      return object(mapping, field);
    }
    return node instanceof SequenceNode sequence
        ? array(sequence, field)
        : scalar((ScalarNode) node);
  }

  private ObjectNode object(MappingNode mapping, String field) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    for (NodeTuple tuple : mapping.getValue()) {
      Node key = tuple.getKeyNode();
      int line = key.getStartMark().getLine() + 1;
      if (!(key instanceof ScalarNode scalar)) {
        fault(line, field, "a key that is no word", "a field's name");
        continue;
      }
      String name = scalar.getValue();
      String place = field.isEmpty() ? name : field + "." + name;
      if (object.has(name)) {
        fault(line, place, "it a second time", "each field once");
        continue;
      }
      lines.put(place, line);
      object.set(name, tree(tuple.getValueNode(), place));
    }
    return object;
  }

  private ArrayNode array(SequenceNode sequence, String field) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (Node element : sequence.getValue()) {
      array.add(tree(element, field + "[" + array.size() + "]"));
    }
    return array;
  }

  private static JsonNode scalar(ScalarNode node) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    String text = node.getValue();
    if (node.getTag().equals(Tag.NULL)) {
      return json.nullNode();
    }
    if (node.getTag().equals(Tag.INT) || node.getTag().equals(Tag.FLOAT)) {
      try {
        return text.matches("[0-9]{1,9}")
            ? json.numberNode(Integer.parseInt(text))
            : json.numberNode(Double.parseDouble(text));
      } catch (NumberFormatException octalOrInfinite) {
        return json.textNode(text);
      }
    }
    return json.textNode(text);
  }

  private void fault(int line, String field, String found, String expected) {
    faults.add(new PolicyFault(file, line, field, found, expected));
  }
}
