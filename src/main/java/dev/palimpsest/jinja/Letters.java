package dev.palimpsest.jinja;

import java.util.Locale;
import java.util.function.IntPredicate;

/** Case and character classes of whole texts. */
final class Letters {
  private Letters() {}

  /**
   * Returns the text with every word's first letter in title case and the rest lower, as str.title.
   */
  static String title(String text) {
    StringBuilder titled = new StringBuilder();
    boolean inWord = false;
    for (int c : text.codePoints().toArray()) {
      titled.append(inWord ? Character.toString(Character.toLowerCase(c)) : titled(c));
      inWord = isCased(c);
    }
    return titled.toString();
  }

  /** Returns a letter in title case, which may be two: ß becomes Ss. */
  private static String titled(int c) {
    String upper = Character.toString(c).toUpperCase(Locale.ROOT);
    int first = upper.offsetByCodePoints(0, 1);
    boolean grows = first < upper.length() && Character.toTitleCase(c) == c;
    return grows
        ? upper.substring(0, first) + upper.substring(first).toLowerCase(Locale.ROOT)
        : Character.toString(Character.toTitleCase(c));
  }

  private static boolean isCased(int c) {
    return Character.isUpperCase(c) || Character.isLowerCase(c) || Character.isTitleCase(c);
  }

  static String capitalize(String text) {
    if (text.isEmpty()) {
      return text;
    }
    int rest = text.offsetByCodePoints(0, 1);
    String first = text.substring(0, rest);
    String titled = titled(first.codePointAt(0));
    return titled + text.substring(rest).toLowerCase(Locale.ROOT);
  }

  static String swapCase(String text) {
    StringBuilder swapped = new StringBuilder();
    text.codePoints()
        .mapToObj(Character::toString)
        .forEach(
            c ->
                swapped.append(
                    isUpper(c) ? c.toLowerCase(Locale.ROOT) : c.toUpperCase(Locale.ROOT)));
    return swapped.toString();
  }

  static boolean all(String text, IntPredicate test) {
    return !text.isEmpty() && text.codePoints().allMatch(test);
  }

  static boolean isIdentifier(String text) {
    return !text.isEmpty()
        && (text.charAt(0) == '_' || Character.isUnicodeIdentifierStart(text.codePointAt(0)))
        && text.codePoints().allMatch(c -> c == '_' || Character.isUnicodeIdentifierPart(c));
  }

  static boolean isNumeric(int c) {
    int type = Character.getType(c);
    return type == Character.DECIMAL_DIGIT_NUMBER
        || type == Character.LETTER_NUMBER
        || type == Character.OTHER_NUMBER;
  }

  /** Tells whether there are letters with case and none of them is lower. */
  static boolean isUpper(String text) {
    return text.codePoints().anyMatch(Letters::isCased)
        && text.codePoints().noneMatch(c -> Character.isLowerCase(c) || Character.isTitleCase(c));
  }

  static boolean isLower(String text) {
    return text.codePoints().anyMatch(Letters::isCased)
        && text.codePoints().noneMatch(c -> Character.isUpperCase(c) || Character.isTitleCase(c));
  }
}
