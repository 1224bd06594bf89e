package dev.palimpsest.decoder.text.jinja;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What follows the colon in {@code {:>8.2f}}, by Python's format specification.
 *
 * @param fill the fill character
 * @param align one of {@code < > = ^}, or "" for the default of the value
 * @param sign one of {@code + -} or a blank
 * @param alternate whether {@code #} was given
 * @param width smallest width, 0 for none
 * @param grouping "," or "_" between thousands, or ""
 * @param precision digits or characters, -1 for none
 * @param type the presentation type, or ""
 */
record FormatSpec(
    String fill,
    String align,
    String sign,
    boolean alternate,
    long width,
    String grouping,
    int precision,
    String type) {
  private static final Pattern PATTERN =
      Pattern.compile(
          "(?:(.)?([<>=^]))?([-+ ])?(#)?(0)?([0-9]{0,9})([,_])?(?:\\.([0-9]{1,4}))?([a-zA-Z%])?",
          Pattern.DOTALL);

  static FormatSpec parse(String text) {
    Matcher matcher = PATTERN.matcher(text);
    if (!matcher.matches()) {
      throw new TemplateException("'" + text + "' is not a format specification");
    }
    boolean zero = matcher.group(5) != null;
    String align = orEmpty(matcher.group(2));
    return new FormatSpec(
        matcher.group(1) != null ? matcher.group(1) : zero ? "0" : " ",
        align.isEmpty() && zero ? "=" : align,
        matcher.group(3) == null ? "-" : matcher.group(3),
        matcher.group(4) != null,
        matcher.group(6).isEmpty() ? 0 : Long.parseLong(matcher.group(6)),
        orEmpty(matcher.group(7)),
        matcher.group(8) == null ? -1 : Integer.parseInt(matcher.group(8)),
        orEmpty(matcher.group(9)));
  }

  private static String orEmpty(String group) {
    return group == null ? "" : group;
  }

  String apply(Budget budget, Object value) {
    if (value instanceof String text) {
      return text(budget, text);
    }
    if (!Types.isNumber(value)) {
      if (equals(parse(""))) {
        return Printer.text(budget, value);
      }
      throw new TemplateException("'" + Types.nameOf(value) + "' takes no format specification");
    }
    if (value instanceof Boolean && type.isEmpty()) {
      return text(budget, Printer.text(budget, value));
    }
    return number(budget, value);
  }

  private String text(Budget budget, String text) {
    if (!type.isEmpty() && !type.equals("s")) {
      throw new TemplateException("format '" + type + "' does not fit a str");
    }
    int length = PythonText.length(text);
    String cut =
        precision < 0 || precision >= length
            ? text
            : text.substring(0, text.offsetByCodePoints(0, precision));
    return pad(budget, "", cut, "<");
  }

  private String number(Budget budget, Object value) {
    boolean isFloat = value instanceof Double || (!type.isEmpty() && "eEfFgG%".contains(type));
    String digits = isFloat ? decimal(Types.toDouble(value)) : whole(Types.toLong(value));
    boolean negative = digits.startsWith("-");
    String unsigned = negative ? digits.substring(1) : digits;
    String mark = negative ? "-" : sign.equals("-") ? "" : sign;
    return pad(budget, mark, grouped(unsigned), ">");
  }

  private String whole(long value) {
    return switch (type) {
      case "", "d", "n" -> Long.toString(value);
      case "x" -> (alternate ? "0x" : "") + Long.toString(value, 16);
      case "X" -> (alternate ? "0X" : "") + Long.toString(value, 16).toUpperCase(Locale.ROOT);
      case "o" -> (alternate ? "0o" : "") + Long.toString(value, 8);
      case "b" -> (alternate ? "0b" : "") + Long.toString(value, 2);
      default -> throw new TemplateException("format '" + type + "' does not fit an int");
    };
  }

  /** Writes a float in the given type; also used for {@code %} formatting. */
  private String decimal(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return Numbers.print(value);
    }
    int digits = precision < 0 ? 6 : precision;
    return switch (type) {
      case "f", "F" -> fixed(value, digits);
      case "%" -> fixed(value * 100, digits) + "%";
      case "e" -> exponential(value, digits);
      case "E" -> exponential(value, digits).toUpperCase(Locale.ROOT);
      case "g", "G" -> general(value, digits);
      case "" -> precision < 0 ? Numbers.print(value) : general(value, digits);
      default -> throw new TemplateException("format '" + type + "' does not fit a float");
    };
  }

  static String fixed(double value, int digits) {
    String text = new BigDecimal(value).setScale(digits, RoundingMode.HALF_EVEN).toPlainString();
    return 1 / value < 0 && !text.startsWith("-") ? "-" + text : text;
  }

  private static String exponential(double value, int digits) {
    return String.format(Locale.ROOT, "%." + digits + "e", value);
  }

  private static String general(double value, int digits) {
    int significant = Math.max(1, digits);
    BigDecimal rounded =
        new BigDecimal(value).round(new MathContext(significant, RoundingMode.HALF_EVEN));
    int exponent = value == 0 ? 0 : rounded.precision() - rounded.scale() - 1;
    if (exponent < -4 || exponent >= significant) {
      String text = exponential(value, significant - 1);
      String mantissa = text.substring(0, text.indexOf('e'));
      return trimZeros(mantissa) + text.substring(text.indexOf('e'));
    }
    return value == 0 ? "0" : trimZeros(rounded.toPlainString());
  }

  private static String trimZeros(String digits) {
    return digits.contains(".") ? digits.replaceAll("0+$", "").replaceAll("\\.$", "") : digits;
  }

  private String grouped(String digits) {
    if (grouping.isEmpty()) {
      return digits;
    }
    int end = 0;
    while (end < digits.length() && Character.isDigit(digits.charAt(end))) {
      end++;
    }
    StringBuilder grouped = new StringBuilder(digits.substring(0, end));
    for (int at = end - 3; at > 0; at -= 3) {
      grouped.insert(at, grouping);
    }
    return grouped + digits.substring(end);
  }

  private String pad(Budget budget, String mark, String body, String defaultAlign) {
    long missing = Math.max(0, width - PythonText.length(mark) - PythonText.length(body));
    return switch (align.isEmpty() ? defaultAlign : align) {
      case "<" -> mark + body + Padding.fill(budget, missing, fill);
      case "^" -> {
        String before = Padding.fill(budget, missing / 2, fill);
        yield before + mark + body + Padding.fill(budget, missing - missing / 2, fill);
      }
      case "=" -> mark + Padding.fill(budget, missing, fill) + body;
      default -> Padding.fill(budget, missing, fill) + mark + body;
    };
  }
}
