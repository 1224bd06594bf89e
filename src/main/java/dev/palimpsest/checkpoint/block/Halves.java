package dev.palimpsest.checkpoint.block;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Reads 16-bit and 32-bit little-endian numbers from bytes. */
final class Halves {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  // 2^112: moves the exponent bias of float16 (15) to that of float32 (127)
  private static final float REBIAS = Float.intBitsToFloat((127 + 112) << 23);

  private Halves() {}

  static short bits16(byte[] source, int at) {
    return (short) SHORT.get(source, at);
  }

  static int bits32(byte[] source, int at) {
    return (int) INT.get(source, at);
  }

  static long bits64(byte[] source, int at) {
    return (long) LONG.get(source, at);
  }

  /** Returns the IEEE 754 half at the index as float32, exactly; infinities and NaN stay such. */
  static float float16(byte[] source, int at) {
    int bits = bits16(source, at);
    int magnitude = (bits & 0x7fff) << 13;
    int sign = (bits << 16) & 0x80000000;
    if (magnitude >= 0x0f800000) {
      return Float.intBitsToFloat(sign | 0x7f800000 | (magnitude & 0x007fffff));
    }
    return Float.intBitsToFloat(
        sign | Float.floatToRawIntBits(Float.intBitsToFloat(magnitude) * REBIAS));
  }

  /** Returns the bfloat16 at the index as float32: its bits are the upper half. */
  static float bfloat16(byte[] source, int at) {
    return Float.intBitsToFloat(bits16(source, at) << 16);
  }
}
