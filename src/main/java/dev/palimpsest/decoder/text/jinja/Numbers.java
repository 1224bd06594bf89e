package dev.palimpsest.decoder.text.jinja;

import java.math.BigDecimal;
import java.math.MathContext;

/** Arithmetic and number texts as in Python; whole numbers are 64 bits wide. */
final class Numbers {
  private Numbers() {}

  /** Returns the result, or {@link Instance#ABSENT} if the operator is not one of numbers. */
  static Object apply(String operator, Object left, Object right) {
    try {
      return left instanceof Double || right instanceof Double
          ? floats(operator, Types.toDouble(left), Types.toDouble(right))
          : integers(operator, Types.toLong(left), Types.toLong(right));
    } catch (ArithmeticException e) {
      throw new TemplateException("a number is too large for the chat template");
    }
  }

  private static Object integers(String operator, long left, long right) {
    return switch (operator) {
      case "+" -> Math.addExact(left, right);
      case "-" -> Math.subtractExact(left, right);
      case "*" -> Math.multiplyExact(left, right);
      case "/" -> (double) left / (double) nonZero(right);
      case "//" -> Math.floorDiv(left, nonZero(right));
      case "%" -> Math.floorMod(left, nonZero(right));
      case "**" -> power(left, right);
      default -> Instance.ABSENT;
    };
  }

  private static long nonZero(long divisor) {
    if (divisor == 0) {
      throw new TemplateException("division by zero");
    }
    return divisor;
  }

  private static Object floats(String operator, double left, double right) {
    boolean divides = operator.equals("/") || operator.equals("//") || operator.equals("%");
    if (divides && right == 0) {
      throw new TemplateException("division by zero");
    }
    return switch (operator) {
      case "+" -> left + right;
      case "-" -> left - right;
      case "*" -> left * right;
      case "/" -> left / right;
      case "//" -> Math.floor(left / right);
      case "%" -> left - Math.floor(left / right) * right;
      case "**" -> Math.pow(left, right);
      default -> Instance.ABSENT;
    };
  }

  private static Object power(long base, long exponent) {
    if (exponent < 0) {
      if (base == 0) {
        throw new TemplateException("0 cannot be raised to a negative power");
      }
      return Math.pow((double) base, (double) exponent);
    }
    if (base == 0 || base == 1) {
      return exponent == 0 ? 1L : base;
    }
    long result = 1;
    for (long i = 0; i < exponent; i++) {
      result = base == -1 ? (exponent % 2 == 0 ? 1 : -1) : Math.multiplyExact(result, base);
      if (base == -1) {
        break;
      }
    }
    return result;
  }

  static Object negate(Object number) {
    if (number instanceof Double value) {
      return -value;
    }
    return apply("-", 0L, number);
  }

  /** Returns the shortest text that reads back to the same number, in Python's layout. */
  static String print(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0.0" : "0.0";
    }
    BigDecimal shortest = shortest(value);
    int exponent = shortest.precision() - shortest.scale() - 1;
    if (exponent >= -4 && exponent < 16) {
      String plain = shortest.toPlainString();
      return plain.indexOf('.') < 0 ? plain + ".0" : plain;
    }
    return scientific(shortest, exponent);
  }

  private static BigDecimal shortest(double value) {
    BigDecimal exact = new BigDecimal(value);
    for (int digits = 1; digits < 17; digits++) {
      BigDecimal rounded = exact.round(new MathContext(digits));
      if (rounded.doubleValue() == value) {
        return rounded.stripTrailingZeros();
      }
    }
    return exact.round(new MathContext(17)).stripTrailingZeros();
  }

  private static String scientific(BigDecimal value, int exponent) {
    String digits = value.unscaledValue().abs().toString();
    String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
    String sign = value.signum() < 0 ? "-" : "";
    return "%s%s%se%s%02d"
        .formatted(sign, digits.charAt(0), fraction, exponent < 0 ? "-" : "+", Math.abs(exponent));
  }
}
