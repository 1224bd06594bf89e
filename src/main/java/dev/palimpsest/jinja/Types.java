package dev.palimpsest.jinja;

import java.math.BigInteger;
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
    if (value instanceof Long || value instanceof BigInteger) {
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
    return isInteger(value) || value instanceof Double;
  }

  /** Tells whether a value is a whole number; True and False count as 1 and 0. */
  static boolean isInteger(Object value) {
    return value instanceof Long || value instanceof Boolean || value instanceof BigInteger;
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
    if (value instanceof BigInteger) {
      throw new TemplateException("a number is too large for the chat template");
    }
    throw new TemplateException(
        "'" + nameOf(value) + "' object cannot be interpreted as an integer");
  }

  static double toDouble(Object value) {
    if (value instanceof BigInteger number) {
      return finite(number.doubleValue());
    }
    return value instanceof Double number ? number : toLong(value);
  }

  private static double finite(double number) {
    if (Double.isInfinite(number)) {
      throw new TemplateException("int too large to convert to float");
    }
    return number;
  }

  /** Returns a whole number of any size. */
  static BigInteger toBig(Object value) {
    return value instanceof BigInteger number ? number : BigInteger.valueOf(toLong(value));
  }

  static String toText(Object value, String what) {
    if (value instanceof String text) {
      return text;
    }
    if (value instanceof Markup markup) {
      return markup.text();
    }
    throw new TemplateException(what + " must be str, not " + nameOf(value));
  }
}
