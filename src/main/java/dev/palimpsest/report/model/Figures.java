package dev.palimpsest.report.model;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Rounds figures to ten significant digits before they are written.
 *
 * <p>The last digits of a logarithm may differ between Java runtimes; without them the same audit
 * gives the same bytes everywhere.
 */
final class Figures {
  private static final MathContext TEN_DIGITS = new MathContext(10, RoundingMode.HALF_EVEN);

  private Figures() {}

  static double rounded(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("not a finite figure: " + value);
    }
    return value == 0 ? 0 : new BigDecimal(value).round(TEN_DIGITS).doubleValue();
  }

  /** Returns the rounded value, or null where JSON has no number for it. */
  static Double roundedOrNull(double value) {
    return Double.isFinite(value) ? rounded(value) : null;
  }
}
