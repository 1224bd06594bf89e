package dev.palimpsest.jinja;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.time.temporal.IsoFields;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Formats a time as glibc's strftime in the C locale, through Python; times have no zone. */
final class Strftime {
  private static final Pattern CONVERSION =
      Pattern.compile("%([-_0^#]*)([0-9]{0,3})(.)", Pattern.DOTALL);

  private final LocalDateTime time;

  private Strftime(LocalDateTime time) {
    this.time = time;
  }

  static String format(String format, LocalDateTime time) {
    return new Strftime(time).format(format);
  }

  private String format(String format) {
    StringBuilder formatted = new StringBuilder();
    Matcher matcher = CONVERSION.matcher(format);
    int at = 0;
    while (matcher.find(at)) {
      formatted.append(format, at, matcher.start());
      formatted.append(conversion(matcher));
      at = matcher.end();
    }
    return formatted.append(format.substring(at)).toString();
  }

  private String conversion(Matcher matcher) {
    String flags = matcher.group(1);
    char code = matcher.group(3).charAt(0);
    if (code == 'f' && !matcher.group().equals("%f")) {
      return unknown(matcher.group(), flags);
    }
    long number = number(code);
    String text = number < 0 ? text(code, flags) : padded(number, code, flags, matcher.group(2));
    if (text == null) {
      return unknown(matcher.group(), flags);
    }
    String filler = number < 0 && flags.contains("0") ? "0" : " ";
    int width = matcher.group(2).isEmpty() ? 0 : Integer.parseInt(matcher.group(2));
    return filler.repeat(Math.max(0, width - text.length())) + text;
  }

  private static String unknown(String conversion, String flags) {
    return flags.contains("^") ? conversion.toUpperCase(Locale.ROOT) : conversion;
  }

  /** Returns the number that a conversion shows, or -1 if it shows a text. */
  private long number(char code) {
    int dayOfWeek = time.getDayOfWeek().getValue() % 7;
    int dayOfYear = time.getDayOfYear();
    return switch (code) {
      case 'd', 'e' -> time.getDayOfMonth();
      case 'm' -> time.getMonthValue();
      case 'Y' -> time.getYear();
      case 'y' -> time.getYear() % 100;
      case 'C' -> time.getYear() / 100;
      case 'H', 'k' -> time.getHour();
      case 'I', 'l' -> (time.getHour() + 11) % 12 + 1;
      case 'M' -> time.getMinute();
      case 'S' -> time.getSecond();
      case 'f' -> time.getNano() / 1000;
      case 'j' -> dayOfYear;
      case 'u' -> time.getDayOfWeek().getValue();
      case 'w' -> dayOfWeek;
      case 'U' -> (dayOfYear + 6 - dayOfWeek) / 7;
      case 'W' -> (dayOfYear + 6 - (dayOfWeek + 6) % 7) / 7;
      case 'V' -> time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
      case 'G' -> time.get(IsoFields.WEEK_BASED_YEAR);
      case 'g' -> time.get(IsoFields.WEEK_BASED_YEAR) % 100;
      case 's' -> time.toEpochSecond(ZoneOffset.UTC);
      default -> -1;
    };
  }

  private static String padded(long number, char code, String flags, String width) {
    int digits =
        switch (code) {
          case 'j' -> 3;
          case 'f' -> 6;
          case 'Y', 'G', 'u', 'w', 's' -> 1;
          default -> 2;
        };
    boolean blank = code == 'e' || code == 'k' || code == 'l';
    boolean spaces = flags.contains("_") || (blank && !flags.contains("0"));
    int size = flags.contains("-") ? 1 : width.isEmpty() ? digits : Integer.parseInt(width);
    String shown = Long.toString(number);
    return (spaces ? " " : "0").repeat(Math.max(0, size - shown.length())) + shown;
  }

  private String text(char code, String flags) {
    String text =
        switch (code) {
          case 'a' -> time.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.US);
          case 'A' -> time.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.US);
          case 'b', 'h' -> time.getMonth().getDisplayName(TextStyle.SHORT, Locale.US);
          case 'B' -> time.getMonth().getDisplayName(TextStyle.FULL, Locale.US);
          case 'p' -> time.getHour() < 12 ? "AM" : "PM";
          case 'P' -> time.getHour() < 12 ? "am" : "pm";
          case 'c' -> format("%a %b %e %H:%M:%S %Y");
          case 'D', 'x' -> format("%m/%d/%y");
          case 'F' -> format("%Y-%m-%d");
          case 'r' -> format("%I:%M:%S %p");
          case 'R' -> format("%H:%M");
          case 'T', 'X' -> format("%H:%M:%S");
          case 'n' -> "\n";
          case 't' -> "\t";
          case 'z', 'Z' -> "";
          case '%' -> "%";
          default -> null;
        };
    if (text == null || code == 'P') {
      return text;
    }
    if (flags.contains("#") && code == 'p') {
      return text.toLowerCase(Locale.ROOT);
    }
    boolean upper = flags.contains("^") || (flags.contains("#") && "aAbBh".indexOf(code) >= 0);
    return upper ? text.toUpperCase(Locale.ROOT) : text;
  }
}
