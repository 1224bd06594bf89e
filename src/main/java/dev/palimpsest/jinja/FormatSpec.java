package dev.palimpsest.jinja;

import java.math.BigDecimal;
import java.math.BigInteger;
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
 * @param sign one of {@code + -} or a blank, or "" if it was not given
 * @param alternate whether {@code #} was given
 * @param noNegativeZero whether {@code z} was given
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
    boolean noNegativeZero,
    long width,
    String grouping,
    int precision,
    String type) {
  private static final Pattern PATTERN =
      Pattern.compile(
          "(?:(.)?([<>=^]))?([-+ ])?(z)?(#)?(0)?([0-9]{0,9})([,_])?(?:\\.([0-9]{1,4}))?([a-zA-Z%])?",
          Pattern.DOTALL);

  static FormatSpec parse(String text) {
    Matcher matcher = PATTERN.matcher(text);
    if (!matcher.matches()) {
      throw new TemplateException("'" + text + "' is not a format specification");
    }
    boolean zero = matcher.group(6) != null;
    String align = orEmpty(matcher.group(2));
    return new FormatSpec(
        matcher.group(1) != null ? matcher.group(1) : zero ? "0" : " ",
        align,
        orEmpty(matcher.group(3)),
        matcher.group(5) != null,
        matcher.group(4) != null,
        matcher.group(7).isEmpty() ? 0 : Long.parseLong(matcher.group(7)),
        orEmpty(matcher.group(8)),
        matcher.group(9) == null ? -1 : Integer.parseInt(matcher.group(9)),
        orEmpty(matcher.group(10)));
  }

  private static String orEmpty(String group) {
    return group == null ? "" : group;
  }

  /** Tells whether the type shows whole numbers as floats, too. */
  boolean showsFloats() {
    return !type.isEmpty() && "eEfFgG%".contains(type);
  }

  String apply(Rendering rendering, Object value) {
    Budget budget = rendering.budget();
    if (value instanceof String text) {
      return text(budget, text);
    }
    boolean empty = equals(parse(""));
    if (!Types.isNumber(value) || (value instanceof Boolean && empty)) {
      if (empty) {
        return rendering.print(value);
      }
      throw new TemplateException("'" + Types.nameOf(value) + "' takes no format specification");
    }
    return number(budget, value);
  }

  private String text(Budget budget, String text) {
    boolean fits = type.isEmpty() || type.equals("s");
    boolean forNumbers =
        "+ ".contains(sign.isEmpty() ? "-" : sign)
            || noNegativeZero
            || alternate
            || !grouping.isEmpty()
            || align.equals("=");
    if (!fits || forNumbers) {
      throw new TemplateException("the format specification does not fit a str");
    }
    int length = PythonText.length(text);
    String cut =
        precision < 0 || precision >= length
            ? text
            : text.substring(0, text.offsetByCodePoints(0, precision));
    return pad(budget, "", cut, "<");
  }

  private String number(Budget budget, Object value) {
    boolean isFloat = value instanceof Double || showsFloats();
    if (type.equals("c")) {
      return pad(budget, "", PercentFormat.character(Types.toLong(value)), "<");
    }
    String digits = isFloat ? decimal(Types.toDouble(value)) : whole(Types.toBig(value));
    boolean negative = digits.startsWith("-");
    String unsigned = negative ? digits.substring(1) : digits;
    String mark = negative ? "-" : sign.equals("-") ? "" : sign;
    String prefix = !isFloat && alternate ? prefix() : "";
    int zeros = align.isEmpty() && fill.equals("0") ? (int) Math.min(width, 9_999_999) : 0;
    int inFront = mark.length() + prefix.length();
    String body = grouped(budget, unsigned, Math.max(0, zeros - inFront));
    return pad(budget, mark + prefix, body, fill.equals("0") && align.isEmpty() ? "=" : ">");
  }

  private String prefix() {
    return "xXob".contains(type) && !type.isEmpty() ? "0" + type : "";
  }

  private String whole(BigInteger value) {
    int radix =
        switch (type) {
          case "", "d", "n" -> 10;
          case "x", "X" -> 16;
          case "o" -> 8;
          case "b" -> 2;
          default -> throw new TemplateException("format '" + type + "' does not fit an int");
        };
    String digits = radix == 10 ? Numbers.print(value) : value.toString(radix);
    String cased = type.equals("X") ? digits.toUpperCase(Locale.ROOT) : digits;
    String unsigned = value.signum() < 0 ? cased.substring(1) : cased;
    String zeros = "0".repeat(Math.max(0, precision - unsigned.length()));
    return (value.signum() < 0 ? "-" : "") + zeros + unsigned;
  }

  /** Writes a float in the given type; also used for {@code %} formatting. */
  private String decimal(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      String name = Numbers.print(value) + (type.equals("%") ? "%" : "");
      return isUpper() ? name.toUpperCase(Locale.ROOT) : name;
    }
    int digits = precision < 0 ? 6 : precision;
    String text =
        switch (type) {
          case "f", "F" -> pointed(fixed(value, digits), 0);
          case "%" -> fixed(value * 100, digits) + "%";
          case "e", "E" -> pointed(exponential(value, digits), 0);
          case "g", "G", "n" -> general(value, Math.max(1, digits), false);
          case "" ->
              precision < 0 ? Numbers.print(value) : general(value, Math.max(1, digits), true);
          default -> throw new TemplateException("format '" + type + "' does not fit a float");
        };
    boolean isZero = text.chars().noneMatch(c -> c >= '1' && c <= '9');
    String signed = noNegativeZero && isZero && text.startsWith("-") ? text.substring(1) : text;
    return isUpper() ? signed.toUpperCase(Locale.ROOT) : signed;
  }

  private boolean isUpper() {
    return type.equals("E") || type.equals("G") || type.equals("F");
  }

  /** Gives the alternate form its point, and at least so many digits in all. */
  private String pointed(String text, int significant) {
    if (!alternate) {
      return text;
    }
    int end = text.indexOf('e') < 0 ? text.length() : text.indexOf('e');
    String mantissa = text.substring(0, end) + (text.indexOf('.') < 0 ? "." : "");
    String digits = mantissa.replaceAll("[-.]", "");
    int leading = digits.replaceAll("^0*", "").isEmpty() ? 0 : digits.indexOf(firstDigit(digits));
    int missing = significant - (digits.length() - leading);
    return mantissa + "0".repeat(Math.max(0, missing)) + text.substring(end);
  }

  private static String firstDigit(String digits) {
    return digits.replaceAll("^0*", "").substring(0, 1);
  }

  static String fixed(double value, int digits) {
    String text = new BigDecimal(value).setScale(digits, RoundingMode.HALF_EVEN).toPlainString();
    return 1 / value < 0 && !text.startsWith("-") ? "-" + text : text;
  }

  private static String exponential(double value, int digits) {
    BigDecimal rounded = rounded(value, digits + 1);
    int exponent = value == 0 ? 0 : rounded.precision() - rounded.scale() - 1;
    String all = rounded.unscaledValue().abs().toString();
    String shown = all + "0".repeat(Math.max(0, digits + 1 - all.length()));
    String fraction = digits > 0 ? "." + shown.substring(1, digits + 1) : "";
    return "%s%s%se%s%02d"
        .formatted(
            isNegative(value) ? "-" : "",
            shown.charAt(0),
            fraction,
            exponent < 0 ? "-" : "+",
            Math.abs(exponent));
  }

  private static boolean isNegative(double value) {
    return value < 0 || (value == 0 && 1 / value < 0);
  }

  private static BigDecimal rounded(double value, int significant) {
    return new BigDecimal(value).round(new MathContext(significant, RoundingMode.HALF_EVEN));
  }

  /**
   * Writes few or many digits as they need it.
   *
   * @param asFloat whether it must look like a float: as without a type
   */
  private String general(double value, int significant, boolean asFloat) {
    BigDecimal rounded = rounded(value, significant);
    int exponent = value == 0 ? 0 : rounded.precision() - rounded.scale() - 1;
    if (exponent < -4 || exponent >= significant - (asFloat ? 1 : 0)) {
      String text = exponential(value, significant - 1);
      int end = text.indexOf('e');
      return alternate
          ? pointed(text, significant)
          : trimZeros(text.substring(0, end)) + text.substring(end);
    }
    String plain = value == 0 ? "0" : rounded.abs().toPlainString();
    String text = (isNegative(value) ? "-" : "") + (alternate ? plain : trimZeros(plain));
    return alternate ? pointed(text, significant) : text + point(text, asFloat);
  }

  private static String point(String digits, boolean asFloat) {
    return asFloat && !digits.contains(".") ? ".0" : "";
  }

  private static String trimZeros(String digits) {
    return digits.contains(".") ? digits.replaceAll("0+$", "").replaceAll("\\.$", "") : digits;
  }

  /** Puts separators between groups, and zeros in front up to a width. */
  private String grouped(Budget budget, String digits, int width) {
    if (grouping.isEmpty()) {
      return digits;
    }
    int end = 0;
    while (end < digits.length() && Character.digit(digits.charAt(end), 16) >= 0) {
      end++;
    }
    boolean isHex = "xXob".contains(type) && !type.isEmpty();
    if (isHex && grouping.equals(",")) {
      throw new TemplateException("the format '" + type + "' has no ',' between groups");
    }
    int size = isHex ? 4 : 3;
    String tail = digits.substring(end);
    StringBuilder grouped = new StringBuilder();
    budget.make(width);
    for (int i = 1; i <= end || grouped.length() + tail.length() < width; i++) {
      grouped.append(i <= end ? digits.charAt(end - i) : '0');
      boolean more = i < end || grouped.length() + tail.length() + 1 < width;
      if (i % size == 0 && more) {
        grouped.append(grouping);
      }
    }
    return grouped.reverse() + tail;
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
