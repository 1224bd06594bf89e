package dev.palimpsest.jinja;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Cutting a text into parts, as str.split and its relatives do. */
final class Splitting {
  private Splitting() {}

  static List<Object> split(String text, Arguments arguments) {
    Arguments.Bound bound = arguments.bind("split", "sep", "maxsplit");
    long most = bound.integer(1, -1);
    if (bound.get(0, null) == null) {
      return words(text, most);
    }
    String separator = separator(bound);
    List<Object> parts = new ArrayList<>();
    int from = 0;
    int at = text.indexOf(separator);
    while (at >= 0 && (most < 0 || parts.size() < most)) {
      parts.add(text.substring(from, at));
      from = at + separator.length();
      at = text.indexOf(separator, from);
    }
    parts.add(text.substring(from));
    return parts;
  }

  private static String separator(Arguments.Bound bound) {
    String separator = bound.text(0);
    if (separator.isEmpty()) {
      throw new TemplateException("split() needs a separator that is not empty");
    }
    return separator;
  }

  private static List<Object> words(String text, long most) {
    List<Object> words = new ArrayList<>();
    int start = afterSpace(text, 0);
    while (start < text.length()) {
      int end = most >= 0 && words.size() >= most ? text.length() : endOfWord(text, start);
      words.add(text.substring(start, end));
      start = afterSpace(text, end);
    }
    return words;
  }

  private static int afterSpace(String text, int from) {
    int at = from;
    while (at < text.length() && PythonText.isSpace(text.codePointAt(at))) {
      at += Character.charCount(text.codePointAt(at));
    }
    return at;
  }

  private static int endOfWord(String text, int from) {
    int end = from;
    while (end < text.length() && !PythonText.isSpace(text.codePointAt(end))) {
      end += Character.charCount(text.codePointAt(end));
    }
    return end;
  }

  static List<Object> splitFromEnd(String text, Arguments arguments) {
    Arguments.Bound bound = arguments.bind("rsplit", "sep", "maxsplit");
    long most = bound.integer(1, -1);
    List<Object> parts =
        bound.get(0, null) == null
            ? wordsFromEnd(text, most)
            : partsFromEnd(text, separator(bound), most);
    Collections.reverse(parts);
    return parts;
  }

  private static List<Object> partsFromEnd(String text, String separator, long most) {
    List<Object> parts = new ArrayList<>();
    int end = text.length();
    int at = text.lastIndexOf(separator);
    while (at >= 0 && (most < 0 || parts.size() < most)) {
      parts.add(text.substring(at + separator.length(), end));
      end = at;
      at = end < separator.length() ? -1 : text.lastIndexOf(separator, end - separator.length());
    }
    parts.add(text.substring(0, end));
    return parts;
  }

  private static List<Object> wordsFromEnd(String text, long most) {
    List<Object> words = new ArrayList<>();
    int end = beforeSpace(text, text.length());
    while (end > 0) {
      int start = most >= 0 && words.size() >= most ? 0 : startOfWord(text, end);
      words.add(text.substring(start, end));
      end = beforeSpace(text, start);
    }
    return words;
  }

  private static int beforeSpace(String text, int from) {
    int at = from;
    while (at > 0 && PythonText.isSpace(text.codePointBefore(at))) {
      at -= Character.charCount(text.codePointBefore(at));
    }
    return at;
  }

  private static int startOfWord(String text, int from) {
    int start = from;
    while (start > 0 && !PythonText.isSpace(text.codePointBefore(start))) {
      start -= Character.charCount(text.codePointBefore(start));
    }
    return start;
  }

  static List<Object> lines(String text, Arguments arguments) {
    boolean keepEnds = Python.isTrue(arguments.bind("splitlines", "keepends").get(0, false));
    List<Object> lines = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      if (isLineEnd(text.charAt(i))) {
        int end = text.startsWith("\r\n", i) ? i + 2 : i + 1;
        lines.add(text.substring(from, keepEnds ? end : i));
        from = end;
        i = end - 1;
      }
    }
    if (from < text.length()) {
      lines.add(text.substring(from));
    }
    return lines;
  }

  private static boolean isLineEnd(char c) {
    return (c >= '\n' && c <= '\r')
        || (c >= 0x1c && c <= 0x1e)
        || c == 0x85
        || c == 0x2028
        || c == 0x2029;
  }

  static Tuple partition(String text, Arguments arguments) {
    String separator = separator(arguments.bindPositional("partition", "sep"));
    int at = text.indexOf(separator);
    return at < 0 ? new Tuple(text, "", "") : around(text, at, separator);
  }

  static Tuple partitionFromEnd(String text, Arguments arguments) {
    String separator = separator(arguments.bindPositional("rpartition", "sep"));
    int at = text.lastIndexOf(separator);
    return at < 0 ? new Tuple("", "", text) : around(text, at, separator);
  }

  private static Tuple around(String text, int at, String separator) {
    return new Tuple(text.substring(0, at), separator, text.substring(at + separator.length()));
  }
}
