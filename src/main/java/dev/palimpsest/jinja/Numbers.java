package dev.palimpsest.jinja;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/** Arithmetic and number texts as in Python. */
final class Numbers {
  private Numbers() {}

  /** Bits of a whole number; Python itself prints no more than 4300 digits. */
  private static final int MAX_BITS = 1 << 14;

  private static final int MAX_DIGITS = 4300;

  /** Returns the result, or {@link Instance#ABSENT} if the operator is not one of numbers. */
  static Object apply(String operator, Object left, Object right) {
    if (left instanceof Double || right instanceof Double) {
      return floats(operator, Types.toDouble(left), Types.toDouble(right));
    }
    if (left instanceof BigInteger || right instanceof BigInteger || operator.equals("**")) {
      return integers(operator, Types.toBig(left), Types.toBig(right));
    }
    try {
      return integers(operator, Types.toLong(left), Types.toLong(right));
    } catch (ArithmeticException e) {
      return integers(operator, Types.toBig(left), Types.toBig(right));
    }
  }

  private static Object integers(String operator, long left, long right) {
    return switch (operator) {
      case "+" -> Math.addExact(left, right);
      case "-" -> Math.subtractExact(left, right);
      case "*" -> Math.multiplyExact(left, right);
      case "/" -> (double) left / (double) nonZero(right);
      case "//" -> left == Long.MIN_VALUE ? overflow() : Math.floorDiv(left, nonZero(right));
      case "%" -> Math.floorMod(left, nonZero(right));
      default -> Instance.ABSENT;
    };
  }

  private static long overflow() {
    throw new ArithmeticException("computed again with more digits");
  }

  private static long nonZero(long divisor) {
    if (divisor == 0) {
      throw new TemplateException("division by zero");
    }
    return divisor;
  }

  private static Object integers(String operator, BigInteger left, BigInteger right) {
    boolean divides = operator.equals("/") || operator.equals("//") || operator.equals("%");
    if (divides && right.signum() == 0) {
      throw new TemplateException("division by zero");
    }
    return switch (operator) {
      case "+" -> whole(left.add(right));
      case "-" -> whole(left.subtract(right));
      case "*" -> whole(left.multiply(right));
      case "/" -> quotient(left, right);
      case "//" -> whole(floorDivided(left, right));
      case "%" -> whole(left.subtract(floorDivided(left, right).multiply(right)));
      case "**" -> power(left, right);
      default -> Instance.ABSENT;
    };
  }

  private static Object quotient(BigInteger left, BigInteger right) {
    return new BigDecimal(left).divide(new BigDecimal(right), new MathContext(40)).doubleValue();
  }

  private static BigInteger floorDivided(BigInteger left, BigInteger right) {
    BigInteger[] parts = left.divideAndRemainder(right);
    boolean down = parts[1].signum() != 0 && parts[1].signum() != right.signum();
    return down ? parts[0].subtract(BigInteger.ONE) : parts[0];
  }

  /** Returns the exact remainder, with the sign of the divisor. */
  private static double remainder(double left, double right) {
    double rest = left % right;
    if (rest == 0) {
      return Math.copySign(0, right);
    }
    return (rest < 0) == (right < 0) ? rest : rest + right;
  }

  /** Divides as CPython does, which keeps the sign of zero. */
  private static double floorDivided(double left, double right) {
    double rest = left % right;
    double quotient = (left - rest) / right;
    if (rest != 0 && (right < 0) != (rest < 0)) {
      quotient -= 1;
    }
    if (quotient == 0) {
      return Math.copySign(0, left / right);
    }
    double floor = Math.floor(quotient);
    return quotient - floor > 0.5 ? floor + 1 : floor;
  }

  private static double power(double base, double exponent) {
    if (base == 0 && exponent < 0) {
      throw new TemplateException("0.0 cannot be raised to a negative power");
    }
    double power = Math.pow(base, exponent);
    boolean finite = !Double.isInfinite(base) && !Double.isInfinite(exponent);
    if (Double.isInfinite(power) && finite) {
      throw new TemplateException("the result of ** is too large");
    }
    if (Double.isNaN(power) && !Double.isNaN(base) && !Double.isNaN(exponent)) {
      throw new TemplateException("the result of ** would be a complex number");
    }
    return power;
  }

  private static Object power(BigInteger base, BigInteger exponent) {
    if (exponent.signum() < 0) {
      if (base.signum() == 0) {
        throw new TemplateException("0 cannot be raised to a negative power");
      }
      return Math.pow(Types.toDouble(base), Types.toDouble(exponent));
    }
    if (base.bitLength() <= 1 && base.abs().bitLength() <= 1) {
      boolean one = base.signum() < 0 ? !exponent.testBit(0) : base.signum() > 0;
      return base.signum() == 0 ? (exponent.signum() == 0 ? 1L : 0L) : one ? 1L : -1L;
    }
    if (exponent.bitLength() > 15 || (long) base.bitLength() * exponent.intValue() > 2 * MAX_BITS) {
      throw tooLarge();
    }
    return whole(base.pow(exponent.intValue()));
  }

  /** Returns a whole number as values hold it: 64 bits wide if that is enough. */
  static Object whole(BigInteger number) {
    if (number.bitLength() > MAX_BITS) {
      throw tooLarge();
    }
    return number.bitLength() < Long.SIZE ? (Object) number.longValue() : number;
  }

  /** Returns the whole part of a finite number. */
  static Object truncated(double number) {
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      throw new TemplateException("cannot convert float " + print(number) + " to integer");
    }
    return whole(new BigDecimal(number).toBigInteger());
  }

  private static TemplateException tooLarge() {
    return new TemplateException("a number is too large for the chat template");
  }

  /** Returns the digits of a whole number. */
  static String print(BigInteger value) {
    String digits = value.toString();
    if (digits.length() > MAX_DIGITS + 1) {
      throw tooLarge();
    }
    return digits;
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
      case "//" -> floorDivided(left, right);
      case "%" -> remainder(left, right);
      case "**" -> power(left, right);
      default -> Instance.ABSENT;
    };
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
