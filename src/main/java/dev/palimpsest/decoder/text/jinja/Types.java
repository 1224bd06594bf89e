package dev.palimpsest.decoder.text.jinja;

import java.util.List;
import java.util.Map;

/** Names of the kinds of values, as Python's errors use them. */
final class Types {
  private Types() {}

  static String nameOf(Object value) {
    if (value == null) {
      return "NoneType";
    }
    if (value instanceof Instance instance) {
      return instance.typeName();
    }
    if (value instanceof List<?>) {
      return "list";
    }
    if (value instanceof Map<?, ?>) {
      return "dict";
    }
    return scalar(value);
  }

  private static String scalar(Object value) {
    if (value instanceof String) {
      return "str";
    }
    if (value instanceof Long) {
      return "int";
    }
    if (value instanceof Double) {
      return "float";
    }
    if (value instanceof Boolean) {
      return "bool";
    }
    return value instanceof Undefined ? "Undefined" : "function";
  }

  static boolean isNumber(Object value) {
    return value instanceof Long || value instanceof Double || value instanceof Boolean;
  }

  /** Tells whether a value is a whole number; True and False count as 1 and 0. */
  static boolean isInteger(Object value) {
    return value instanceof Long || value instanceof Boolean;
  }

  static long toLong(Object value) {
    if (value instanceof Boolean flag) {
      return flag ? 1 : 0;
    }
    if (value instanceof Long number) {
      return number;
    }
    if (value instanceof Undefined undefined) {
      throw undefined.failure();
    }
    throw new TemplateException(
        "'" + nameOf(value) + "' object cannot be interpreted as an integer");
  }

  static double toDouble(Object value) {
    return value instanceof Double number ? number : toLong(value);
  }

  static String toText(Object value, String what) {
    if (value instanceof String text) {
      return text;
    }
    throw new TemplateException(what + " must be str, not " + nameOf(value));
  }
}
