package dev.palimpsest.audit.plan;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.palimpsest.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * Reads a gate policy from YAML or JSON.
 *
 * <pre>
 * version: 1
 * alpha: 0.05
 * gates:
 *   - {suite: knowledge, maxDrop: 0.05}
 *   - {suite: instruction@1, maxDrop: 0.08}
 * </pre>
 *
 * <p>Keys it does not know are refused, since a misspelt gate would gate nothing.
 */
public final class PolicyFile {
  private static final int MAX_BYTES = 1 << 20;
  private static final Set<String> KEYS = Set.of("version", "alpha", "gates");
  private static final Set<String> GATE_KEYS = Set.of("suite", "maxDrop");

  private static final ObjectMapper YAML =
      new ObjectMapper(new YAMLFactory()).enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

  private final String name;

  private PolicyFile(String name) {
    this.name = name;
  }

  /**
   * Reads a policy.
   *
   * @throws PolicyException if it is no policy, with the key at fault
   */
  public static Policy read(Path file) {
    String name = String.valueOf(file.getFileName());
    return new PolicyFile(name).parse(contents(file, name));
  }

  private Policy parse(String text) {
    JsonNode root = tree(text);
    if (!root.isObject()) {
      throw fault("is no policy", "it should begin with version: 1");
    }
    refuseUnknown(root, KEYS, "");
    Policy standard = Policy.standard();
    double alpha = root.has("alpha") ? number(root, "alpha", "") : standard.alpha();
    return new Policy(version(root), alpha, gates(root.path("gates")));
  }

  private int version(JsonNode root) {
    JsonNode version = root.path("version");
    if (!version.isInt()) {
      throw fault("has no version", "add the line version: 1");
    }
    return version.intValue();
  }

  private List<Policy.Gate> gates(JsonNode list) {
    if (!list.isArray() || list.isEmpty()) {
      throw fault("has no gates", "add gates: with one {suite: ID, maxDrop: 0.05} per suite");
    }
    List<Policy.Gate> gates = new ArrayList<>();
    for (JsonNode gate : list) {
      gates.add(gate(gate, "gates[" + gates.size() + "]"));
    }
    return gates;
  }

  private Policy.Gate gate(JsonNode gate, String where) {
    if (!gate.isObject()) {
      throw fault("has no gate in " + where, "write {suite: ID, maxDrop: 0.05}");
    }
    refuseUnknown(gate, GATE_KEYS, where + ".");
    if (!gate.path("suite").isTextual()) {
      throw fault("has no suite in " + where, "add suite: ID");
    }
    return new Policy.Gate(gate.get("suite").textValue(), number(gate, "maxDrop", where + "."));
  }

  private double number(JsonNode parent, String key, String where) {
    JsonNode value = parent.path(key);
    if (!value.isNumber()) {
      throw fault("has no number in " + where + key, "write one such as " + key + ": 0.05");
    }
    return value.doubleValue();
  }

  private void refuseUnknown(JsonNode object, Set<String> known, String where) {
    for (Iterator<String> keys = object.fieldNames(); keys.hasNext(); ) {
      String key = keys.next();
      if (!known.contains(key)) {
        throw fault(
            "has the unknown key " + where + key,
            "known are " + String.join(", ", known.stream().sorted().toList()));
      }
    }
  }

  private JsonNode tree(String text) {
    ObjectMapper mapper = text.stripLeading().startsWith("{") ? Json.mapper() : YAML;
    try {
      return mapper.readTree(text);
    } catch (JsonProcessingException e) {
      String line = e.getLocation() == null ? "" : " at line " + e.getLocation().getLineNr();
      throw new PolicyException(
          name + " is neither YAML nor JSON" + line + "; correct it there.", e);
    }
  }

  private static String contents(Path file, String name) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new PolicyException(name + " is too large for a policy; is it the right file?");
      }
      return Files.readString(file);
    } catch (IOException e) {
      throw new PolicyException(
          "The policy " + file + " cannot be read; check that it is a readable UTF-8 file.", e);
    }
  }

  private PolicyException fault(String what, String remedy) {
    return new PolicyException("The policy " + name + " " + what + "; " + remedy + ".");
  }
}
