package dev.palimpsest.lmeval;

import java.math.BigDecimal;

/** Floating-point numbers as Python writes them. */
final class PythonNumber {
  private PythonNumber() {}

  /** Returns a text that Python and Java read as this number, "-0.0001" and not "-1.0E-4". */
  static String text(double value) {
    String text = Double.toString(value);
    if (text.indexOf('E') < 0) {
      return text;
    }
    String plain = new BigDecimal(text).stripTrailingZeros().toPlainString();
    return plain.indexOf('.') < 0 ? plain + ".0" : plain;
  }
}
