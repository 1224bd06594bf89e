package dev.palimpsest.report;

import java.util.Locale;

/**
 * Makes text that a model wrote safe to look at.
 *
 * <p>Escaping for HTML or XML is the writer's work and done there; this is about characters that
 * pass through escaping and still deceive: terminal controls, direction overrides, invisible
 * characters, halves of surrogate pairs.
 */
public final class SafeText {
  private static final int REPLACEMENT = 0xFFFD;

  private SafeText() {}

  /**
   * Returns the text with every deceiving character spelt out, as ⟨U+202E⟩: controls, direction
   * overrides, invisible formatting. Tabs and line ends stay; a carriage return before a line feed
   * goes.
   */
  public static String visible(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    text.replace("\r\n", "\n").codePoints().forEach(c -> appendVisible(shown, c));
    return shown.toString();
  }

  /** Returns the text with lone surrogates replaced by U+FFFD, fit for UTF-8. */
  public static String wellFormed(String text) {
    StringBuilder whole = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> Character.getType(c) == Character.SURROGATE ? REPLACEMENT : c)
        .forEach(whole::appendCodePoint);
    return whole.toString();
  }

  /** Returns the text without the characters that XML 1.0 cannot hold. */
  static String forXml(String text) {
    StringBuilder legal = new StringBuilder(text.length());
    text.codePoints().filter(SafeText::isXml).forEach(legal::appendCodePoint);
    return legal.toString();
  }

  /** Returns the text for an element or a double-quoted attribute of HTML or XML. */
  static String escaped(String text) {
    return forXml(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  private static void appendVisible(StringBuilder shown, int c) {
    if (c == '\n' || c == '\t') {
      shown.appendCodePoint(c);
    } else if (Character.getType(c) == Character.SURROGATE || (c >= 0x20 && !isXml(c))) {
      shown.appendCodePoint(REPLACEMENT);
    } else if (isDeceiving(c)) {
      shown.append(String.format(Locale.ROOT, "⟨U+%04X⟩", c));
    } else {
      shown.appendCodePoint(c);
    }
  }

  /** Controls, direction marks and other invisible formatting, but not the emoji joiner. */
  private static boolean isDeceiving(int c) {
    int type = Character.getType(c);
    return type == Character.CONTROL
        || (type == Character.FORMAT && c != 0x200D && c != 0x00AD)
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }

  private static boolean isXml(int c) {
    return c == '\t'
        || c == '\n'
        || c == '\r'
        || (c >= 0x20 && c <= 0xD7FF)
        || (c >= 0xE000 && c <= 0xFFFD)
        || (c >= 0x10000 && c <= 0x10FFFF);
  }
}
