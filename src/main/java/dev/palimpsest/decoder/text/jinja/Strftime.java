package dev.palimpsest.decoder.text.jinja;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/** Formats a time by C's codes in the C locale; {@code %-d} leaves out the leading zero. */
final class Strftime {
  private static final Map<String, String> PATTERNS =
      Map.ofEntries(
          Map.entry("d", "dd"),
          Map.entry("-d", "d"),
          Map.entry("m", "MM"),
          Map.entry("-m", "M"),
          Map.entry("Y", "yyyy"),
          Map.entry("y", "yy"),
          Map.entry("b", "MMM"),
          Map.entry("h", "MMM"),
          Map.entry("B", "MMMM"),
          Map.entry("a", "EEE"),
          Map.entry("A", "EEEE"),
          Map.entry("H", "HH"),
          Map.entry("-H", "H"),
          Map.entry("I", "hh"),
          Map.entry("-I", "h"),
          Map.entry("M", "mm"),
          Map.entry("-M", "m"),
          Map.entry("S", "ss"),
          Map.entry("-S", "s"),
          Map.entry("f", "SSSSSS"),
          Map.entry("p", "a"),
          Map.entry("j", "DDD"),
          Map.entry("-j", "D"),
          Map.entry("u", "e"),
          Map.entry("F", "yyyy-MM-dd"),
          Map.entry("T", "HH:mm:ss"),
          Map.entry("R", "HH:mm"),
          Map.entry("D", "MM/dd/yy"),
          Map.entry("x", "MM/dd/yy"),
          Map.entry("X", "HH:mm:ss"),
          Map.entry("c", "EEE MMM ppd HH:mm:ss yyyy"),
          Map.entry("e", "ppd"));

  private Strftime() {}

  static String format(String format, LocalDateTime time) {
    StringBuilder formatted = new StringBuilder();
    int at = 0;
    while (at < format.length()) {
      if (format.charAt(at) != '%' || at + 1 == format.length()) {
        formatted.append(format.charAt(at++));
        continue;
      }
      int end = format.charAt(at + 1) == '-' ? at + 3 : at + 2;
      String code = format.substring(at + 1, Math.min(end, format.length()));
      formatted.append(code(code, time));
      at = end;
    }
    return formatted.toString();
  }

  private static String code(String code, LocalDateTime time) {
    String pattern = PATTERNS.get(code);
    if (pattern != null) {
      return DateTimeFormatter.ofPattern(pattern, Locale.US).format(time);
    }
    return switch (code) {
      case "%" -> "%";
      case "n" -> "\n";
      case "t" -> "\t";
      case "w" -> String.valueOf(time.getDayOfWeek().getValue() % 7);
      case "Z", "z" -> "";
      default -> "%" + code;
    };
  }
}
