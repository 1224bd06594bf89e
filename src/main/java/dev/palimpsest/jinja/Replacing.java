package dev.palimpsest.jinja;

/** str.replace with its count, within a budget. */
final class Replacing {
  private Replacing() {}

  /** Replaces at most {@code most} occurrences, or all if it is negative. */
  static String replace(Budget budget, String text, String from, String to, long most) {
    long times = occurrences(text, from);
    times = most < 0 ? times : Math.min(times, most);
    budget.make(text.length() + times * Math.max(0, to.length() - from.length()));
    return from.isEmpty() ? interleave(text, to, times) : replaceFirst(text, from, to, times);
  }

  private static String replaceFirst(String text, String from, String to, long times) {
    StringBuilder replaced = new StringBuilder();
    int position = 0;
    for (long i = 0; i < times; i++) {
      int at = text.indexOf(from, position);
      replaced.append(text, position, at).append(to);
      position = at + from.length();
    }
    return replaced.append(text, position, text.length()).toString();
  }

  /** An empty text occurs before every character and at the end. */
  private static String interleave(String text, String to, long times) {
    StringBuilder replaced = new StringBuilder();
    int position = 0;
    for (long i = 0; i < times; i++) {
      replaced.append(to);
      if (position < text.length()) {
        int c = text.codePointAt(position);
        replaced.appendCodePoint(c);
        position += Character.charCount(c);
      }
    }
    return replaced.append(text, position, text.length()).toString();
  }

  static long occurrences(String text, String sought) {
    if (sought.isEmpty()) {
      return PythonText.length(text) + 1L;
    }
    long count = 0;
    for (int at = text.indexOf(sought); at >= 0; at = text.indexOf(sought, at + sought.length())) {
      count++;
    }
    return count;
  }
}
