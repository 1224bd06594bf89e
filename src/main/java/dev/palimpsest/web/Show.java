package dev.palimpsest.web;

import dev.palimpsest.audit.Points;
import dev.palimpsest.audit.verdict.ReleaseVerdict;
import dev.palimpsest.audit.verdict.Verdict;
import dev.palimpsest.report.page.Mark;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.OptionalDouble;

/** How numbers, sizes and times are written on pages; the same in every locale. */
public final class Show {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);
  private static final String MINUS = "\u2212";

  Show() {}

  /** Returns a proportion as a percentage, "81.3%". */
  public String percent(double proportion) {
    return number(proportion * 100, 1) + "%";
  }

  /** Returns a proportion as a whole percentage, "81%". */
  public String percentRound(double proportion) {
    return number(Math.floor(proportion * 100), 0) + "%";
  }

  /** Returns a difference of proportions in percentage points with its sign, "−6.2". */
  public String points(double difference) {
    double points = difference * 100;
    return (Math.round(points * 10) > 0 ? "+" : "") + number(points, 1);
  }

  /** Returns a margin, a drop that is accepted, in points. */
  public String margin(double margin) {
    return number(margin * 100, 1);
  }

  /** Returns a p-value. */
  public String p(double p) {
    return Points.pValue(p);
  }

  /** Returns how a verdict looks. */
  public Mark mark(Verdict verdict) {
    return Mark.of(verdict);
  }

  /** Returns how a verdict over all suites looks. */
  public Mark mark(ReleaseVerdict verdict) {
    return Mark.of(verdict);
  }

  /** Returns what an interval at a level is called, "90% interval". */
  public String intervalLabel(double level) {
    return Points.intervalLabel(level);
  }

  /** Returns a natural logarithm of a probability. */
  public String logProbability(double value) {
    return number(value, 3);
  }

  /** Returns a natural logarithm of a probability in short. */
  public String nats(double value) {
    return number(value, 2);
  }

  /** Returns a change of a natural logarithm with its sign, "+0.41". */
  public String shift(double value) {
    return (Math.round(value * 100) > 0 ? "+" : "") + number(value, 2);
  }

  /** Returns a whole number with thin spaces between thousands. */
  public String count(long count) {
    return String.format(Locale.ROOT, "%,d", count).replace(',', '\u202f');
  }

  /** Returns a size, "1.2 GB". */
  public String bytes(long bytes) {
    String[] units = {"B", "kB", "MB", "GB", "TB"};
    double size = bytes;
    int unit = 0;
    while (size >= 999.5 && unit < units.length - 1) {
      size /= 1000;
      unit++;
    }
    int decimals = unit == 0 || size >= 99.95 ? 0 : 1;
    return number(size, decimals) + "\u00a0" + units[unit];
  }

  /** Returns how long something will take, roughly. */
  public String seconds(long seconds) {
    Duration left = Duration.ofSeconds(seconds);
    if (left.toHours() > 0) {
      return left.toHours() + " h " + left.toMinutesPart() + " min";
    }
    if (left.toMinutes() >= 10) {
      return left.toMinutes() + " min";
    }
    return left.toMinutes() > 0
        ? left.toMinutes() + " min " + left.toSecondsPart() + " s"
        : left.toSeconds() + " s";
  }

  /** Returns a time, to the minute. */
  public String time(Instant time) {
    return TIME.format(time);
  }

  /** Returns the beginning of a digest, enough to compare by eye. */
  public String digest(String digest) {
    return digest.length() > 12 ? digest.substring(0, 12) : digest;
  }

  /** Returns an enum's name as words: "both wrong". */
  public String words(Object constant) {
    return constant.toString().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** Returns the singular or the plural. */
  public String plural(long count, String one, String many) {
    return count(count) + " " + (count == 1 ? one : many);
  }

  private static String number(double value, int decimals) {
    if (!Double.isFinite(value)) {
      return "–";
    }
    String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
    if (text.startsWith("-")) {
      boolean zero = text.chars().noneMatch(c -> c >= '1' && c <= '9');
      return zero ? text.substring(1) : MINUS + text.substring(1);
    }
    return text;
  }

  /** Returns a coefficient of agreement with two decimals, "0.62" or "−0.10"; "–" for none. */
  public String agreement(OptionalDouble coefficient) {
    return coefficient.isPresent() ? Points.nats(coefficient.getAsDouble()) : "–";
  }
}
