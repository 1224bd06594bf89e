package dev.palimpsest.decoder.text.jinja;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;

/** Filters that make numbers. */
final class NumberFilters {
  private static final int MAX_DIGITS = 4300;

  private NumberFilters() {}

  static void addTo(Map<String, Filters.Filter> filters) {
    filters.put("abs", (r, v, a) -> absolute(v));
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
      return number.isNaN() || number.isInfinite() ? fallback : truncated(number);
    }
    if (value instanceof String text) {
      return parseInt(text, bound.integer(1, 10), fallback);
    }
    return Types.isNumber(value) ? Numbers.whole(Types.toBig(value)) : fallback;
  }

  private static Object truncated(double number) {
    return Numbers.whole(new BigDecimal(number).toBigInteger());
  }

  private static Object parseInt(String text, long base, Object fallback) {
    String digits = Stripping.stripCharacters(text, null, true, true).replace("_", "");
    try {
      int radix = base == 0 ? 10 : Math.toIntExact(base);
      String plain = base == 16 ? digits.replaceFirst("^([+-]?)0[xX]", "$1") : digits;
      return plain.length() > MAX_DIGITS ? fallback : Numbers.whole(new BigInteger(plain, radix));
    } catch (NumberFormatException | ArithmeticException e) {
      Object number = parseFloat(digits, null);
      return number instanceof Double value && !value.isNaN() && !value.isInfinite()
          ? truncated(value)
          : fallback;
    }
  }

  private static Object toFloat(Rendering rendering, Object value, Arguments arguments) {
    Object fallback = arguments.bind("float", "default").get(0, 0.0);
    if (value instanceof Undefined undefined) {
      throw undefined.failure();
    }
    if (value instanceof String text) {
      return parseFloat(
          Stripping.stripCharacters(text, null, true, true).replace("_", ""), fallback);
    }
    return Types.isNumber(value) ? (Object) Types.toDouble(value) : fallback;
  }

  private static Object parseFloat(String text, Object fallback) {
    String lower = text.toLowerCase(Locale.ROOT);
    boolean negative = lower.startsWith("-");
    return switch (lower.replaceFirst("^[+-]", "")) {
      case "inf", "infinity" -> negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
      case "nan" -> Double.NaN;
      default -> {
        // Java also reads hexadecimal floats and type suffixes, which Python does not.
        boolean plain = lower.chars().allMatch(c -> "0123456789.+-e".indexOf(c) >= 0);
        yield plain ? parsePlainFloat(lower, fallback) : fallback;
      }
    };
  }

  private static Object parsePlainFloat(String text, Object fallback) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return fallback;
    }
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
    return new BigDecimal(number).setScale(precision, RoundingMode.HALF_EVEN).doubleValue();
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
