package dev.palimpsest.audit;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Writes shares and differences of shares as people read them, the same in every locale. */
public final class Points {
  private static final char MINUS = '−';

  private Points() {}

  /** Returns an unsigned number of percentage points with one decimal, "5.0" for 0.05. */
  public static String of(double share) {
    return String.format(Locale.ROOT, "%.1f", Math.abs(share) * 100);
  }

  /** Returns a difference with its sign, "+1.8", "−43.1" or "0.0". */
  public static String signed(double difference) {
    String magnitude = of(difference);
    if (magnitude.equals("0.0")) {
      return magnitude;
    }
    return (difference < 0 ? MINUS : '+') + magnitude;
  }

  /**
   * Returns natural logarithms with two decimals and a minus sign where they are below 0, "0.35",
   * "−30.50" or "0.00".
   */
  public static String nats(double value) {
    String magnitude = String.format(Locale.ROOT, "%.2f", Math.abs(value));
    return value < 0 && !magnitude.equals("0.00") ? MINUS + magnitude : magnitude;
  }

  /** Returns a difference of natural logarithms with its sign, "+0.35", "−1.20" or "0.00". */
  public static String signedNats(double difference) {
    String text = nats(difference);
    return difference < 0 || text.equals("0.00") ? text : "+" + text;
  }

  /** Returns a level or share as a percentage without needless decimals, "90%" for 0.9. */
  public static String percent(double share) {
    String text = String.format(Locale.ROOT, "%.1f", share * 100);
    return (text.endsWith(".0") ? text.substring(0, text.length() - 2) : text) + "%";
  }

  /**
   * Returns what an interval is called, "90% interval" at the level 0.9; a level keeps the digits
   * that tell it from others, such as 99.98%.
   */
  public static String intervalLabel(double level) {
    BigDecimal percent = BigDecimal.valueOf(level).movePointRight(2).round(new MathContext(6));
    return percent.stripTrailingZeros().toPlainString() + "% interval";
  }

  /** Returns a p-value with two significant digits, or "<0.0001". */
  public static String pValue(double p) {
    if (p < 1e-4) {
      return "<0.0001";
    }
    return String.format(Locale.ROOT, p < 0.001 ? "%.4f" : p < 0.1 ? "%.3f" : "%.2f", p);
  }
}
