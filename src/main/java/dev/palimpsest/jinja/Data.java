package dev.palimpsest.jinja;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The variables of a rendering, copied into the kinds of values that templates hold. */
final class Data {
  private static final int MAX_DATA_DEPTH = 128;

  private final Map<String, Object> variables = new LinkedHashMap<>();
  private long size;

  private Data() {}

  static Data of(Map<String, ?> variables) {
    Data data = new Data();
    variables.forEach((name, value) -> data.variables.put(name, data.copy(value, 0)));
    return data;
  }

  Map<String, Object> variables() {
    return variables;
  }

  /** Returns how many characters and entries there are. */
  long size() {
    return size;
  }

  private Object copy(Object value, int depth) {
    size += value instanceof String text ? text.length() + 1 : 1;
    if (depth > MAX_DATA_DEPTH) {
      throw new TemplateException("the data for the template is nested too deeply");
    }
    if (value instanceof Map<?, ?> map) {
      Map<Object, Object> copy = new LinkedHashMap<>();
      map.forEach((key, entry) -> copy.put(copy(key, depth + 1), copy(entry, depth + 1)));
      return copy;
    }
    if (value instanceof Collection<?> collection) {
      List<Object> copy = new ArrayList<>(collection.size());
      collection.forEach(item -> copy.add(copy(item, depth + 1)));
      return copy;
    }
    return scalar(value);
  }

  private static Object scalar(Object value) {
    if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
      return ((Number) value).longValue();
    }
    if (value instanceof BigInteger number) {
      return Numbers.whole(number);
    }
    if (value instanceof BigDecimal || value instanceof Float) {
      return ((Number) value).doubleValue();
    }
    boolean plain =
        value == null
            || value instanceof String
            || value instanceof Long
            || value instanceof Double
            || value instanceof Boolean;
    if (!plain) {
      throw new IllegalArgumentException("a template cannot hold a " + value.getClass().getName());
    }
    return value;
  }
}
