package dev.palimpsest.decoder.text.jinja;

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
      titled.appendCodePoint(inWord ? Character.toLowerCase(c) : Character.toTitleCase(c));
      inWord = isCased(c);
    }
    return titled.toString();
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
    String titled =
        first.length() == 1
            ? Character.toString(Character.toTitleCase(first.charAt(0)))
            : first.toUpperCase(Locale.ROOT);
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
