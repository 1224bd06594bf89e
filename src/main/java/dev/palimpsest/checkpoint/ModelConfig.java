package dev.palimpsest.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.Json;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A model's configuration in the vocabulary of Hugging Face's {@code config.json}.
 *
 * <p>For GGUF it is made from the file's metadata. A field that is null counts as absent. Getters
 * without a default throw {@link CheckpointException} when the field is absent, all throw it when
 * the field holds something else, naming file, field, what was found and what was expected.
 */
public final class ModelConfig {
  /** Far above every published model. */
  public static final int MAX_LAYERS = 10_000;

  private final String file;
  private final String prefix;
  private final ObjectNode node;

  /**
   * Wraps a configuration.
   *
   * @param file the file that failures name
   * @param node the fields; it is copied
   */
  public ModelConfig(String file, ObjectNode node) {
    this(file, "", node.deepCopy());
  }

  private ModelConfig(String file, String prefix, ObjectNode node) {
    this.file = file;
    this.prefix = prefix;
    this.node = node;
  }

  /** Returns a copy of all fields. */
  public ObjectNode node() {
    return node.deepCopy();
  }

  /** Returns the file that holds the configuration. */
  public String file() {
    return file;
  }

  /** Returns the same configuration with values for fields that are absent; null is not absent. */
  public ModelConfig withDefaults(Map<String, ?> defaults) {
    ObjectNode filled = node();
    defaults.forEach(
        (field, value) -> {
          if (!filled.has(field)) {
            filled.set(field, Json.mapper().valueToTree(value));
          }
        });
    return new ModelConfig(file, prefix, filled);
  }

  /** Returns the same configuration with another value of one field. */
  public ModelConfig with(String field, Object value) {
    ObjectNode changed = node();
    changed.set(field, Json.mapper().valueToTree(value));
    return new ModelConfig(file, prefix, changed);
  }

  /** Returns the architecture's name, for example {@code llama}. */
  public String modelType() {
    return text("model_type");
  }

  /** Says whether the field is there and not null. */
  public boolean has(String field) {
    return node.hasNonNull(field);
  }

  /** Returns an integer above 0 and below 2^31. */
  public int positiveInt(String field) {
    int number = integer(field, "a positive integer below 2^31");
    if (number <= 0) {
      throw wrong(field, "a positive integer below 2^31");
    }
    return number;
  }

  /** Returns an integer above 0 and below 2^31, or the default when the field is absent. */
  public int positiveInt(String field, int absent) {
    return has(field) ? positiveInt(field) : absent;
  }

  /** Returns a number of tokens above 0, at most 2^30; some files have 10^12 for "no limit". */
  public int length(String field, int absent) {
    if (!has(field)) {
      return absent;
    }
    JsonNode value = node.get(field);
    if (!value.isIntegralNumber() || value.bigIntegerValue().signum() <= 0) {
      throw wrong(field, "a positive integer");
    }
    return value.bigIntegerValue().min(BigInteger.valueOf(1 << 30)).intValue();
  }

  /** Returns an integer from 0 to 2^31 - 1. */
  public int naturalInt(String field) {
    int number = integer(field, "an integer from 0 to 2^31 - 1");
    if (number < 0) {
      throw wrong(field, "an integer from 0 to 2^31 - 1");
    }
    return number;
  }

  /** Returns an integer from 0 to 2^31 - 1, or the default when the field is absent. */
  public int naturalInt(String field, int absent) {
    return has(field) ? naturalInt(field) : absent;
  }

  /** Returns a finite number. */
  public double number(String field) {
    JsonNode value = required(field, "a finite number");
    if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
      throw wrong(field, "a finite number");
    }
    return value.doubleValue();
  }

  /** Returns a finite number, or the default when the field is absent. */
  public double number(String field, double absent) {
    return has(field) ? number(field) : absent;
  }

  /** Returns a finite number above 0. */
  public double positiveNumber(String field) {
    double number = number(field);
    if (number <= 0) {
      throw wrong(field, "a number above 0");
    }
    return number;
  }

  /** Returns a finite number above 0, or the default when the field is absent. */
  public double positiveNumber(String field, double absent) {
    return has(field) ? positiveNumber(field) : absent;
  }

  /** Returns a string. */
  public String text(String field) {
    JsonNode value = required(field, "a string");
    if (!value.isTextual()) {
      throw wrong(field, "a string");
    }
    return value.textValue();
  }

  /** Returns a string, or the default when the field is absent. */
  public String text(String field, String absent) {
    return has(field) ? text(field) : absent;
  }

  /** Returns true or false, or the default when the field is absent. */
  public boolean flag(String field, boolean absent) {
    if (!has(field)) {
      return absent;
    }
    if (!node.get(field).isBoolean()) {
      throw wrong(field, "true or false");
    }
    return node.get(field).booleanValue();
  }

  /** Returns a list of finite numbers; empty when the field is absent. */
  public List<Double> numbers(String field) {
    List<Double> numbers = new ArrayList<>();
    for (JsonNode element : list(field)) {
      if (!element.isNumber() || !Double.isFinite(element.doubleValue())) {
        throw wrong(field, "a list of finite numbers");
      }
      numbers.add(element.doubleValue());
    }
    return List.copyOf(numbers);
  }

  /** Returns a list of strings; empty when the field is absent. */
  public List<String> texts(String field) {
    List<String> texts = new ArrayList<>();
    for (JsonNode element : list(field)) {
      if (!element.isTextual()) {
        throw wrong(field, "a list of strings");
      }
      texts.add(element.textValue());
    }
    return List.copyOf(texts);
  }

  /**
   * Returns token ids given as one integer or a list of them; empty when the field is absent, or -1
   * as in files that follow SentencePiece, where it stands for none.
   */
  public List<Integer> tokenIds(String field) {
    if (node.path(field).isInt() && node.path(field).intValue() == -1) {
      return List.of();
    }
    return naturalInts(field, "a token id or a list of them");
  }

  /** Returns integers of 0 or more, given as one or a list; empty when the field is absent. */
  public List<Integer> naturalInts(String field, String expected) {
    if (!has(field)) {
      return List.of();
    }
    JsonNode value = node.get(field);
    List<Integer> ids = new ArrayList<>();
    for (JsonNode id : value.isArray() ? value : List.of(value)) {
      if (!id.isIntegralNumber() || !id.canConvertToInt() || id.intValue() < 0) {
        throw wrong(field, expected);
      }
      ids.add(id.intValue());
    }
    return List.copyOf(ids);
  }

  /** Returns a nested object's fields, if it is there. */
  public Optional<ModelConfig> section(String field) {
    if (!has(field)) {
      return Optional.empty();
    }
    if (!(node.get(field) instanceof ObjectNode section)) {
      throw wrong(field, "an object");
    }
    return Optional.of(new ModelConfig(file, prefix + field + ".", section));
  }

  /** Returns the failure for a field that holds something unusable. */
  public CheckpointException wrong(String field, String expected) {
    JsonNode value = node.path(field);
    String found = value.isContainerNode() ? StrictJson.kind(value) : value.toString();
    return CheckpointException.ofField(file, prefix + field, found, expected);
  }

  private int integer(String field, String expected) {
    JsonNode value = required(field, expected);
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw wrong(field, expected);
    }
    return value.intValue();
  }

  private Iterable<JsonNode> list(String field) {
    if (!has(field)) {
      return List.of();
    }
    if (!node.get(field).isArray()) {
      throw wrong(field, "a list");
    }
    return node.get(field);
  }

  private JsonNode required(String field, String expected) {
    if (!has(field)) {
      throw CheckpointException.missing(file, prefix + field, expected);
    }
    return node.get(field);
  }
}
