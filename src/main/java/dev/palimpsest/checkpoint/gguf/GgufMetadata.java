package dev.palimpsest.checkpoint.gguf;

import dev.palimpsest.checkpoint.CheckpointException;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The key-value part of a GGUF file.
 *
 * <p>Getters without a default throw {@link CheckpointException} when the key is absent, all throw
 * it when the value is of another type, naming file, key, what was found and what was expected.
 */
public final class GgufMetadata {
  private final String file;
  private final Map<String, Object> values;

  /** Wraps values that are Long, Double, Boolean, String, or arrays of such. */
  GgufMetadata(String file, Map<String, Object> values) {
    this.file = file;
    this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** Returns the keys in the order of the file. */
  public Set<String> keys() {
    return values.keySet();
  }

  /** Says whether the key is there. */
  public boolean has(String key) {
    return values.containsKey(key);
  }

  /** Returns a string. */
  public String text(String key) {
    return as(key, String.class, "a string");
  }

  /** Returns a string, or the default when the key is absent. */
  public String text(String key, String absent) {
    return has(key) ? text(key) : absent;
  }

  /**
   * Returns an integer; unsigned 64-bit values above 2^63 - 1 are refused when the file is read.
   */
  public long integer(String key) {
    return as(key, Long.class, "an integer");
  }

  /** Returns an integer, or the default when the key is absent. */
  public long integer(String key, long absent) {
    return has(key) ? integer(key) : absent;
  }

  /** Returns an integer from 0 to 2^31 - 1. */
  public int naturalInt(String key) {
    long number = integer(key);
    if (number < 0 || number > Integer.MAX_VALUE) {
      throw wrong(key, "an integer from 0 to " + Integer.MAX_VALUE);
    }
    return (int) number;
  }

  /** Returns a number. */
  public double number(String key) {
    Object value = required(key, "a number");
    if (!(value instanceof Number number)) {
      throw wrong(key, "a number");
    }
    return number.doubleValue();
  }

  /** Returns a number, or the default when the key is absent. */
  public double number(String key, double absent) {
    return has(key) ? number(key) : absent;
  }

  /** Returns true or false, or the default when the key is absent. */
  public boolean flag(String key, boolean absent) {
    return has(key) ? as(key, Boolean.class, "true or false") : absent;
  }

  /** Returns a list of strings. */
  public List<String> texts(String key) {
    return List.of(as(key, String[].class, "a list of strings"));
  }

  /** Returns a list of integers. */
  public long[] integers(String key) {
    return as(key, long[].class, "a list of integers").clone();
  }

  /** Returns a list of numbers, integers among them. */
  public double[] numbers(String key) {
    return values.get(key) instanceof long[] integers
        ? Arrays.stream(integers).asDoubleStream().toArray()
        : as(key, double[].class, "a list of numbers").clone();
  }

  /** Says whether a value is false, empty or 0, or 1 where it is a factor. */
  boolean isOff(String key, boolean factor) {
    Object value = values.get(key);
    if (value instanceof Number number) {
      return number.doubleValue() == 0 || (factor && number.doubleValue() == 1);
    }
    return Boolean.FALSE.equals(value) || "".equals(value) || "none".equals(value);
  }

  /** Returns the failure for a key that holds something unusable. */
  public CheckpointException wrong(String key, String expected) {
    Object value = values.get(key);
    String found = value == null || value.getClass().isArray() ? "a list" : value.toString();
    return CheckpointException.ofField(file, key, found, expected);
  }

  private <T> T as(String key, Class<T> type, String expected) {
    Object value = required(key, expected);
    if (!type.isInstance(value)) {
      throw wrong(key, expected);
    }
    return type.cast(value);
  }

  private Object required(String key, String expected) {
    Object value = values.get(key);
    if (value == null) {
      throw CheckpointException.missing(file, key, expected);
    }
    return value;
  }
}
