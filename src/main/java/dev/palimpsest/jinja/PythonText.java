package dev.palimpsest.jinja;

import java.util.ArrayList;
import java.util.List;

/** Python's notions about text where Java's differ: whitespace, code points, case. */
public final class PythonText {
  private static final String[] ASCII = new String[128];

  static {
    for (int c = 0; c < ASCII.length; c++) {
      ASCII[c] = Character.toString(c);
    }
  }

  private PythonText() {}

  /** Tells what str.isspace calls whitespace, which is more than Java does. */
  public static boolean isSpace(int codePoint) {
    return switch (codePoint) {
      case 0x85, 0xA0, 0x2007, 0x202F -> true;
      default -> Character.isWhitespace(codePoint);
    };
  }

  /** Tells whether a text has characters and all are whitespace. */
  static boolean isSpace(String text) {
    return !text.isEmpty() && text.codePoints().allMatch(PythonText::isSpace);
  }

  /** Returns the text without whitespace at its end, as str.rstrip does. */
  public static String stripEnd(String text) {
    int end = text.length();
    while (end > 0 && isSpace(text.codePointBefore(end))) {
      end -= Character.charCount(text.codePointBefore(end));
    }
    return text.substring(0, end);
  }

  /** Returns the text without whitespace at both ends, as str.strip does. */
  public static String strip(String text) {
    return stripStart(stripEnd(text));
  }

  static String stripStart(String text) {
    int start = 0;
    while (start < text.length() && isSpace(text.codePointAt(start))) {
      start += Character.charCount(text.codePointAt(start));
    }
    return text.substring(start);
  }

  static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  static List<Object> characters(String text) {
    List<Object> characters = new ArrayList<>(text.length());
    text.codePoints().forEach(c -> characters.add(character(c)));
    return characters;
  }

  /** Returns the same text for the same ASCII character, as long texts have many of them. */
  private static String character(int codePoint) {
    return codePoint < ASCII.length ? ASCII[codePoint] : Character.toString(codePoint);
  }

  static int compare(String left, String right) {
    int length = Math.min(left.length(), right.length());
    for (int i = 0; i < length; i++) {
      char a = left.charAt(i);
      char b = right.charAt(i);
      if (a != b) {
        boolean bothOrNone = Character.isSurrogate(a) == Character.isSurrogate(b);
        return bothOrNone ? Character.compare(a, b) : Character.isSurrogate(a) ? 1 : -1;
      }
    }
    return Integer.compare(left.length(), right.length());
  }
}
