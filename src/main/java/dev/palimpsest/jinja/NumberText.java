package dev.palimpsest.jinja;

import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Pattern;

/** Reading numbers from texts as Python's int() and float() do; null stands for no number. */
final class NumberText {
  private static final int MAX_DIGITS = 4300;
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(?:\\d++(?:\\.\\d*+)?+|\\.\\d++)(?:e[+-]?\\d++)?");

  private NumberText() {}

  static Object whole(String text, long base) {
    String trimmed = Stripping.stripCharacters(text, null, true, true).toLowerCase(Locale.ROOT);
    boolean negative = trimmed.startsWith("-");
    String unsigned = negative || trimmed.startsWith("+") ? trimmed.substring(1) : trimmed;
    int prefix = unsigned.startsWith("0") && unsigned.length() > 1 ? radix(unsigned.charAt(1)) : 0;
    boolean prefixed = prefix > 0 && (base == 0 || base == prefix);
    long radix = base != 0 ? base : prefixed ? prefix : 10;
    String digits = digits(prefixed ? unsigned.substring(2) : unsigned, radix, prefixed);
    boolean leadingZero = base == 0 && !prefixed && digits != null && digits.matches("0+[1-9]\\d*");
    if (digits == null || leadingZero || digits.length() > MAX_DIGITS) {
      return null;
    }
    BigInteger value = new BigInteger(digits, (int) radix);
    return Numbers.whole(negative ? value.negate() : value);
  }

  private static int radix(char mark) {
    return mark == 'x' ? 16 : mark == 'o' ? 8 : mark == 'b' ? 2 : 0;
  }

  /** Returns plain digits without the single underscores between them. */
  private static String digits(String written, long radix, boolean afterPrefix) {
    if (radix < Character.MIN_RADIX || radix > Character.MAX_RADIX) {
      return null;
    }
    String ascii =
        asciiDigits(afterPrefix && written.startsWith("_") ? written.substring(1) : written);
    boolean valid = !ascii.isEmpty() && areUnderscoresBetween(ascii);
    String digits = ascii.replace("_", "");
    return valid && digits.chars().allMatch(c -> Character.digit(c, (int) radix) >= 0)
        ? digits
        : null;
  }

  private static boolean areUnderscoresBetween(String text) {
    return !text.startsWith("_") && !text.endsWith("_") && !text.contains("__");
  }

  private static String asciiDigits(String text) {
    StringBuilder ascii = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> ascii.appendCodePoint(Character.isDigit(c) ? '0' + Character.digit(c, 10) : c));
    return ascii.toString();
  }

  static Double decimal(String text) {
    String ascii =
        asciiDigits(Stripping.stripCharacters(text, null, true, true)).toLowerCase(Locale.ROOT);
    boolean negative = ascii.startsWith("-");
    return switch (ascii.replaceFirst("^[+-]", "")) {
      case "inf", "infinity" -> negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
      case "nan" -> Double.NaN;
      default -> plain(ascii);
    };
  }

  private static Double plain(String text) {
    String bare = text.replaceAll("(?<=\\d)_(?=\\d)", "");
    return DECIMAL.matcher(bare).matches() ? Double.valueOf(bare) : null;
  }
}
