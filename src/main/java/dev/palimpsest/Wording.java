package dev.palimpsest;

import java.text.Normalizer;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * What people may type as a name or a comment; the one rule for forms, arguments, requests and
 * stores.
 *
 * <p>Whoever reads a name on a report must see all of it: controls, marks of text direction, blank
 * letters and characters without a meaning are refused by their code point and not taken out in
 * silence. What is accepted is stored trimmed and in Unicode's normal form C.
 */
public final class Wording {
  private static final String ELLIPSIS = "…";
  private static final char REPLACEMENT = '\uFFFD';

  /**
   * Characters that a font draws as nothing although their category is a letter, a mark or a
   * symbol: first and last code points. The rest of Unicode's Default_Ignorable_Code_Point has a
   * category that is refused as a whole.
   */
  private static final int[][] BLANK = {
    {0x034F, 0x034F},
    {0x115F, 0x1160},
    {0x17B4, 0x17B5},
    {0x180B, 0x180F},
    {0x2800, 0x2800},
    {0x3164, 0x3164},
    {0xFE00, 0xFE0F},
    {0xFFA0, 0xFFA0},
    {0xE0000, 0xE0FFF}
  };

  private Wording() {}

  /**
   * Returns a name as it is stored: one line, trimmed, in normal form C; "" if nothing was typed.
   *
   * @param what the sentence calls it, like "checkpoint's name"
   * @param max characters (code points) it may have
   * @throws WordingException if it holds what cannot be seen or is too long
   */
  public static String name(String what, String typed, int max) {
    return checked(what, typed == null ? "" : typed, max, false);
  }

  /** Returns a comment as it is stored: as a name, but of as many lines as its writer made. */
  public static String comment(String what, String typed, int max) {
    String lines = typed == null ? "" : typed.replace("\r\n", "\n").replace('\r', '\n');
    return checked(what, lines, max, true);
  }

  /** Returns a name that nobody typed, a file's say, with a mark in place of what is refused. */
  public static String readable(String found, int max) {
    StringBuilder seen = new StringBuilder();
    trimmed(Normalizer.normalize(found, Normalizer.Form.NFC))
        .codePoints()
        .limit(max)
        .map(character -> isUnseen(character) ? REPLACEMENT : character)
        .forEach(seen::appendCodePoint);
    boolean cut = found.codePointCount(0, found.length()) > max;
    return cut ? seen.append(ELLIPSIS).toString() : seen.toString();
  }

  private static String checked(String what, String typed, int max, boolean lines) {
    String stored = trimmed(Normalizer.normalize(typed, Normalizer.Form.NFC));
    OptionalInt unseen =
        stored
            .codePoints()
            .filter(character -> isUnseen(character) && !(lines && character == '\n'))
            .findFirst();
    if (unseen.isPresent()) {
      throw unseen(what, unseen.getAsInt(), lines);
    }
    if (stored.codePointCount(0, stored.length()) > max) {
      throw new WordingException(
          "The " + what + " is longer than " + max + " characters; shorten it.");
    }
    return stored;
  }

  private static WordingException unseen(String what, int character, boolean lines) {
    if (character == '\n' || character == '\r') {
      return new WordingException(
          "The " + what + " has more than one line; write it in a single one.");
    }
    return new WordingException(
        String.format(
            Locale.ROOT,
            "The %s holds a character that cannot be seen (U+%04X); type it anew without it%s.",
            what,
            character,
            lines && character == '\t' ? ", with spaces for tabs" : ""));
  }

  /** Takes away every kind of space at both ends; {@link String#strip} leaves the unbreakable. */
  private static String trimmed(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isSpace(text.charAt(start))) {
      start++;
    }
    while (end > start && isSpace(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  private static boolean isSpace(char character) {
    return character == '\n' || character == '\r' || character == '\t' || isSpaceMark(character);
  }

  private static boolean isSpaceMark(char character) {
    return Character.getType(character) == Character.SPACE_SEPARATOR;
  }

  private static boolean isUnseen(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> isBlank(character);
    };
  }

  private static boolean isBlank(int character) {
    for (int[] range : BLANK) {
      if (character >= range[0] && character <= range[1]) {
        return true;
      }
    }
    return false;
  }
}
