package dev.palimpsest.decoder.text;

import dev.palimpsest.checkpoint.CheckpointException;
import java.lang.reflect.Array;
import java.util.AbstractList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Typed access to the key-value pairs of a GGUF file; a value of another type is an error. */
final class GgufMetadata {
  private final String file;
  private final Map<String, ?> values;

  GgufMetadata(String file, Map<String, ?> values) {
    this.file = file;
    this.values = values;
  }

  String file() {
    return file;
  }

  Optional<String> text(String key) {
    return value(key, String.class, "a string");
  }

  Optional<Boolean> flag(String key) {
    return value(key, Boolean.class, "true or false");
  }

  Optional<Integer> integer(String key) {
    return value(key, Number.class, "a number")
        .map(
            number -> {
              if (number.longValue() < 0 || number.longValue() > Integer.MAX_VALUE) {
                throw broken("has %s = %s, which is out of range.".formatted(key, number));
              }
              return number.intValue();
            });
  }

  /** Returns a list of strings, or [] if the key is absent. */
  List<String> texts(String key) {
    return list(key).stream().map(value -> element(key, value, String.class)).toList();
  }

  /** Returns a list of whole numbers, or [] if the key is absent. */
  List<Integer> integers(String key) {
    return list(key).stream().map(value -> element(key, value, Number.class).intValue()).toList();
  }

  /** Returns a list of numbers, or [] if the key is absent. */
  double[] numbers(String key) {
    return list(key).stream()
        .mapToDouble(value -> element(key, value, Number.class).doubleValue())
        .toArray();
  }

  private List<?> list(String key) {
    Object value = values.get(key);
    if (value == null) {
      return List.of();
    }
    if (value instanceof List<?> list) {
      return list;
    }
    if (value.getClass().isArray()) {
      return new ArrayView(value);
    }
    throw broken("has %s of another type than a list; convert the model again.".formatted(key));
  }

  /** Any Java array, primitive or not, as a list. */
  private static final class ArrayView extends AbstractList<Object> {
    private final Object array;

    ArrayView(Object array) {
      this.array = array;
    }

    @Override
    public Object get(int index) {
      return Array.get(array, index);
    }

    @Override
    public int size() {
      return Array.getLength(array);
    }
  }

  private <T> T element(String key, Object value, Class<T> type) {
    if (!type.isInstance(value)) {
      throw broken("has an entry of another type in %s; convert the model again.".formatted(key));
    }
    return type.cast(value);
  }

  private <T> Optional<T> value(String key, Class<T> type, String expected) {
    Object value = values.get(key);
    if (value != null && !type.isInstance(value)) {
      throw broken("has %s that is not %s; convert the model again.".formatted(key, expected));
    }
    return Optional.ofNullable(type.cast(value));
  }

  CheckpointException broken(String message) {
    return new CheckpointException(file, message);
  }
}
