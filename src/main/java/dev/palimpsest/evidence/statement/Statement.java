package dev.palimpsest.evidence.statement;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.Json;
import dev.palimpsest.evidence.IntegrityException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * An in-toto Statement v1: what is said of which things.
 *
 * @param subjects sha256 by name
 * @param predicateType what kind of thing is said, a URI
 * @param predicate what is said
 */
public record Statement(Map<String, String> subjects, String predicateType, Object predicate) {
  /** How a suite came out on a checkpoint. */
  public static final String TEST_RESULT = "https://in-toto.io/attestation/test-result/v0.1";

  /** What an audit found of a checkpoint. */
  public static final String DRIFT_AUDIT = "https://palimpsest.dev/drift-audit/v1";

  /** Somebody's decision on a report. */
  public static final String SIGN_OFF = "https://palimpsest.dev/sign-off/v1";

  /** The end of the ledger at a moment. */
  public static final String LEDGER_HEAD = "https://palimpsest.dev/ledger-head/v1";

  /** Which files belong to a bundle, and which statements. */
  public static final String BUNDLE = "https://palimpsest.dev/bundle/v1";

  private static final String TYPE = "https://in-toto.io/Statement/v1";

  public Statement {
    subjects = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(subjects));
    Objects.requireNonNull(predicateType, "predicateType is null");
    Objects.requireNonNull(predicate, "predicate is null");
  }

  /** Returns the statement as it is written. */
  Map<String, Object> json() {
    List<Map<String, Object>> all =
        subjects.entrySet().stream()
            .map(
                one ->
                    Map.<String, Object>of(
                        "name", one.getKey(), "digest", Map.of("sha256", one.getValue())))
            .toList();
    return Map.of(
        "_type", TYPE, "subject", all, "predicateType", predicateType, "predicate", predicate);
  }

  /**
   * Reads the statement in an envelope whose signature was verified.
   *
   * @throws IntegrityException if it holds none
   */
  public static Statement of(Envelope envelope, String name) {
    try {
      JsonNode tree = Json.mapper().readTree(envelope.payload());
      if (!envelope.type().equals(Envelope.IN_TOTO) || !TYPE.equals(tree.path("_type").asText())) {
        throw new IntegrityException(name + " holds no in-toto statement of version 1.");
      }
      Map<String, String> subjects = new LinkedHashMap<>();
      for (JsonNode one : tree.path("subject")) {
        String digest = one.at("/digest/sha256").asText();
        if (subjects.put(one.path("name").asText(), digest) != null) {
          throw new IntegrityException(name + " names a subject twice.");
        }
      }
      return new Statement(subjects, tree.path("predicateType").asText(), tree.path("predicate"));
    } catch (JsonProcessingException e) {
      throw new IntegrityException(name + " holds no JSON.", e);
    } catch (IOException impossible) {
      throw new IntegrityException(name + " cannot be read.", impossible);
    }
  }

  /** Returns what is said as a tree. */
  public JsonNode tree() {
    return Json.mapper().valueToTree(predicate);
  }
}
