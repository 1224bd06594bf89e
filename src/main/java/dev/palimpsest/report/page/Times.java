package dev.palimpsest.report.page;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/** Writes moments as pages do, "24 Nov 2026, 03:21 UTC". */
final class Times {
  private static final DateTimeFormatter MINUTE = format("d MMM uuuu, HH:mm 'UTC'");
  private static final DateTimeFormatter SECOND = format("d MMM uuuu, HH:mm:ss 'UTC'");

  private Times() {}

  /** Returns an ISO instant to the minute; what is none is returned as it is. */
  static String toTheMinute(String instant) {
    return written(MINUTE, instant);
  }

  /** Returns an ISO instant to the second; what is none is returned as it is. */
  static String toTheSecond(String instant) {
    return written(SECOND, instant);
  }

  private static String written(DateTimeFormatter format, String instant) {
    try {
      return format.format(Instant.parse(instant));
    } catch (DateTimeParseException notOne) {
      return instant;
    }
  }

  private static DateTimeFormatter format(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC);
  }
}
