package dev.palimpsest.storage;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text as columns hold it: exactly what it was, though PostgreSQL's text takes neither NUL nor half
 * of a surrogate pair, and a model may write both.
 *
 * <p>Such a character becomes U+0001 and its code in four hexadecimal digits, and U+0001 itself
 * does too. All text that is bound to a statement is written so; whoever reads text that a person
 * or a model wrote takes it through {@link #read}.
 */
public final class StoredText {
  private static final char MARK = '\u0001';
  private static final Pattern MARKED = Pattern.compile("\u0001([0-9a-f]{4})");

  private StoredText() {}

  /** Returns the text as it is stored; usually the same object. */
  static String write(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (mustBeMarked(text, i)) {
        return marked(text, i);
      }
    }
    return text;
  }

  /** Returns the text that was stored; null for null. */
  public static String read(String stored) {
    if (stored == null || stored.indexOf(MARK) < 0) {
      return stored;
    }
    return MARKED
        .matcher(stored)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    Character.toString((char) Integer.parseInt(found.group(1), 16))));
  }

  private static String marked(String text, int from) {
    StringBuilder stored = new StringBuilder(text.length() + 16).append(text, 0, from);
    for (int i = from; i < text.length(); i++) {
      if (mustBeMarked(text, i)) {
        stored.append(MARK).append("%04x".formatted((int) text.charAt(i)));
      } else {
        stored.append(text.charAt(i));
      }
    }
    return stored.toString();
  }

  private static boolean mustBeMarked(String text, int at) {
    char c = text.charAt(at);
    if (c <= MARK) {
      return true;
    }
    if (Character.isHighSurrogate(c)) {
      return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
    }
    return Character.isLowSurrogate(c)
        && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
  }
}
