package dev.palimpsest.jinja;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The arguments of one call.
 *
 * @param positional in their order; null is None
 * @param named by keyword
 */
record Arguments(List<Object> positional, Map<String, Object> named) {
  static final Arguments NONE = new Arguments(List.of(), Map.of());

  static Arguments of(Object... positional) {
    return new Arguments(Arrays.asList(positional), Map.of());
  }

  /** Binds to parameters, failing on too many or unknown ones as a Python call does. */
  Bound bind(String function, String... parameters) {
    if (positional.size() > parameters.length) {
      throw new TemplateException(
          "%s() takes at most %d arguments (%d given)"
              .formatted(function, parameters.length, positional.size()));
    }
    Object[] values = new Object[parameters.length];
    Arrays.fill(values, Instance.ABSENT);
    for (int i = 0; i < positional.size(); i++) {
      values[i] = positional.get(i);
    }
    named.forEach(
        (name, value) -> {
          int at = Arrays.asList(parameters).indexOf(name);
          if (at < 0 || values[at] != Instance.ABSENT) {
            throw new TemplateException(
                "%s() got an unexpected or repeated argument '%s'".formatted(function, name));
          }
          values[at] = value;
        });
    return new Bound(function, parameters, values);
  }

  /** Binds to parameters that have no keyword. */
  Bound bindPositional(String function, String... parameters) {
    if (!named.isEmpty()) {
      throw new TemplateException(function + "() takes no keyword arguments");
    }
    return bind(function, parameters);
  }

  /** Returns the arguments after the first ones. */
  Arguments after(int count) {
    return new Arguments(positional.subList(count, positional.size()), named);
  }

  /** Returns these arguments without the named one. */
  Arguments without(String name) {
    Map<String, Object> rest = new LinkedHashMap<>(named);
    rest.remove(name);
    return new Arguments(positional, rest);
  }

  /** Arguments by the position of their parameter. */
  @SuppressWarnings("ArrayRecordComponent")
  record Bound(String function, String[] parameters, Object[] values) {
    boolean has(int index) {
      return values[index] != Instance.ABSENT;
    }

    Object get(int index, Object absent) {
      return has(index) ? values[index] : absent;
    }

    Object required(int index) {
      if (!has(index)) {
        throw new TemplateException(
            "%s() is missing its argument '%s'".formatted(function, parameters[index]));
      }
      return values[index];
    }

    String text(int index) {
      return Types.toText(required(index), function + "() argument '" + parameters[index] + "'");
    }

    String text(int index, String absent) {
      return has(index) ? text(index) : absent;
    }

    long integer(int index, long absent) {
      return has(index) ? Types.toLong(values[index]) : absent;
    }
  }
}
