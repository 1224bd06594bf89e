package dev.palimpsest.checkpoint;

/** Makes text from an untrusted file fit to stand in a sentence: no control characters, short. */
public final class Printable {
  private static final int LONGEST = 120;

  private Printable() {}

  /** Returns the text with control and direction characters escaped, cut after 120 characters. */
  public static String text(String raw) {
    StringBuilder shown = new StringBuilder();
    raw.codePoints().limit(LONGEST + 1L).forEach(point -> append(shown, point));
    if (raw.codePointCount(0, raw.length()) > LONGEST) {
      shown.append('…');
    }
    return shown.toString();
  }

  private static void append(StringBuilder shown, int point) {
    if (isPlain(point)) {
      shown.appendCodePoint(point);
    } else {
      shown.append(String.format("\\u%04x", point));
    }
  }

  private static boolean isPlain(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
