package dev.palimpsest.checkpoint.block;

/**
 * Rounds float32 to the nearest number of a narrower type, ties to even, and keeps it as float32.
 */
public final class Rounding {
  private static final float LARGEST_HALF = 65504f;
  // from here a number is nearer to 2^16 than to 65504
  private static final float HALF_OVERFLOW = 65520f;

  private Rounding() {}

  /** Rounds the first {@code count} numbers to bfloat16 (8 bits of precision). */
  public static void toBfloat16(float[] numbers, int count) {
    for (int i = 0; i < count; i++) {
      if (!Float.isNaN(numbers[i])) {
        int bits = Float.floatToRawIntBits(numbers[i]);
        int rounded = bits + 0x7fff + ((bits >>> 16) & 1);
        numbers[i] = Float.intBitsToFloat(rounded & 0xffff0000);
      }
    }
  }

  /** Rounds the first {@code count} numbers to float16 (11 bits of precision, 2^-24 at least). */
  public static void toFloat16(float[] numbers, int count) {
    for (int i = 0; i < count; i++) {
      numbers[i] = toFloat16(numbers[i]);
    }
  }

  private static float toFloat16(float number) {
    float size = Math.abs(number);
    if (!(size < HALF_OVERFLOW)) {
      return Float.isNaN(number) ? number : Math.copySign(Float.POSITIVE_INFINITY, number);
    }
    // adding and subtracting 2^13 units in the last place leaves 11 bits, 2^-24 below 2^-14
    int exponent = Math.max(Math.getExponent(size), -14);
    float shift = Math.scalb(1f, exponent + 13);
    float rounded = Math.min(size + shift - shift, LARGEST_HALF);
    return Math.copySign(rounded, number);
  }
}
