package dev.palimpsest.jinja;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;

/** Filters that make numbers. */
final class NumberFilters {
  private NumberFilters() {}

  static void addTo(Map<String, Filters.Filter> filters) {
    Filters.plain(filters, "abs", (r, v) -> absolute(v));
    filters.put("int", NumberFilters::toInt);
    filters.put("float", NumberFilters::toFloat);
    filters.put("round", NumberFilters::round);
    filters.put("sum", NumberFilters::sum);
    filters.put("filesizeformat", NumberFilters::fileSize);
  }

  private static Object absolute(Object value) {
    failUnlessNumber(value, "abs");
    if (value instanceof Double number) {
      return Math.abs(number);
    }
    return Numbers.whole(Types.toBig(value).abs());
  }

  private static void failUnlessNumber(Object value, String filter) {
    if (value instanceof Undefined undefined) {
      throw undefined.failure();
    }
    if (!Types.isNumber(value)) {
      throw new TemplateException(filter + " needs a number, not " + Types.nameOf(value));
    }
  }

  private static Object toInt(Rendering rendering, Object value, Arguments arguments) {
    Arguments.Bound bound = arguments.bind("int", "default", "base");
    Object fallback = bound.get(0, 0L);
    if (value instanceof Undefined undefined) {
      throw undefined.failure();
    }
    if (value instanceof Double number) {
      return number.isNaN() || number.isInfinite() ? fallback : Numbers.truncated(number);
    }
    if (value instanceof String text) {
      return parseInt(text, bound.integer(1, 10), fallback);
    }
    return Types.isNumber(value) ? Numbers.whole(Types.toBig(value)) : fallback;
  }

  private static Object parseInt(String text, long base, Object fallback) {
    Object whole = NumberText.whole(text, base);
    if (whole != null) {
      return whole;
    }
    Double number = NumberText.decimal(text);
    return number != null && !number.isNaN() && !number.isInfinite()
        ? Numbers.truncated(number)
        : fallback;
  }

  private static Object toFloat(Rendering rendering, Object value, Arguments arguments) {
    Object fallback = arguments.bind("float", "default").get(0, 0.0);
    if (value instanceof Undefined undefined) {
      throw undefined.failure();
    }
    if (value instanceof String text) {
      Double number = NumberText.decimal(text);
      return number == null ? fallback : number;
    }
    return Types.isNumber(value) ? (Object) Types.toDouble(value) : fallback;
  }

  private static Object round(Rendering rendering, Object value, Arguments arguments) {
    Arguments.Bound bound = arguments.bind("round", "precision", "method");
    failUnlessNumber(value, "round");
    int precision = (int) Math.max(-400, Math.min(400, bound.integer(0, 0)));
    String method = bound.text(1, "common");
    return switch (method) {
      case "common" -> nearest(value, precision);
      case "ceil" -> Math.ceil(Types.toDouble(value) * pow10(precision)) / pow10(precision);
      case "floor" -> Math.floor(Types.toDouble(value) * pow10(precision)) / pow10(precision);
      default -> throw new TemplateException("the method of round is common, ceil or floor");
    };
  }

  private static double pow10(int exponent) {
    return Math.pow(10, exponent);
  }

  private static Object nearest(Object value, int precision) {
    double number = Types.toDouble(value);
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      return number;
    }
    if (Types.isInteger(value)) {
      BigDecimal rounded =
          new BigDecimal(Types.toBig(value))
              .setScale(Math.min(0, precision), RoundingMode.HALF_EVEN);
      return Numbers.whole(rounded.toBigInteger());
    }
    double rounded =
        new BigDecimal(number).setScale(precision, RoundingMode.HALF_EVEN).doubleValue();
    return Math.copySign(rounded, number);
  }

  private static Object sum(Rendering rendering, Object value, Arguments arguments) {
    Arguments.Bound bound = arguments.bind("sum", "attribute", "start");
    AttributePath path = AttributePath.of(bound.get(0, null));
    Object total = bound.get(1, 0L);
    if (total instanceof String) {
      throw new TemplateException("sum cannot add texts; use join");
    }
    Iterator<Object> items = Sequences.iterator(value);
    while (items.hasNext()) {
      total = rendering.python().operate("+", total, path.get(rendering, items.next()));
    }
    return total;
  }

  private static Object fileSize(Rendering rendering, Object value, Arguments arguments) {
    boolean binary = Python.isTrue(arguments.bind("filesizeformat", "binary").get(0, false));
    double size = (double) toFloat(rendering, value, Arguments.of(Double.NaN));
    if (Double.isNaN(size)) {
      throw new TemplateException("filesizeformat needs a number");
    }
    double base = binary ? 1024 : 1000;
    if (size < base) {
      return size == 1 ? "1 Byte" : (long) size + " Bytes";
    }
    String units = "kMGTPEZY";
    int unit = 0;
    double scaled = size / base;
    while (scaled >= base && unit < units.length() - 1) {
      scaled /= base;
      unit++;
    }
    String prefix = String.valueOf(units.charAt(unit));
    String name = binary ? prefix.toUpperCase(Locale.ROOT) + "iB" : prefix + "B";
    return FormatSpec.fixed(scaled, 1) + " " + name;
  }
}
