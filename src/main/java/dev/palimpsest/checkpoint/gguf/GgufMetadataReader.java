package dev.palimpsest.checkpoint.gguf;

import dev.palimpsest.checkpoint.Printable;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads the key-value part of a GGUF file. */
final class GgufMetadataReader {
  private static final int MAX_KEYS = 65_536;
  private static final int MAX_KEY_BYTES = 65_535;
  private static final int MAX_TEXT_BYTES = 16 << 20;
  private static final int MAX_ITEMS = 4_000_000;
  private static final int MAX_DEPTH = 4;
  // a key's length, at least one byte of it, the type, at least one byte of value
  private static final int LEAST_PAIR_BYTES = 8 + 1 + 4 + 1;

  private static final int U8 = 0;
  private static final int I8 = 1;
  private static final int U16 = 2;
  private static final int I16 = 3;
  private static final int U32 = 4;
  private static final int I32 = 5;
  private static final int F32 = 6;
  private static final int BOOL = 7;
  private static final int STRING = 8;
  private static final int ARRAY = 9;
  private static final int U64 = 10;
  private static final int I64 = 11;
  private static final int F64 = 12;

  private final GgufReader in;
  private int itemsLeft = MAX_ITEMS;

  GgufMetadataReader(GgufReader in) {
    this.in = in;
  }

  int readCount() {
    return in.count("metadata count", LEAST_PAIR_BYTES, MAX_KEYS);
  }

  Map<String, Object> read(int count) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      String key = in.text("metadata key", MAX_KEY_BYTES);
      Object value = value(key, in.i32(), 0);
      if (values.putIfAbsent(key, value) != null) {
        throw in.refuse("has the metadata key '" + Printable.text(key) + "' twice");
      }
    }
    return values;
  }

  private Object value(String key, int type, int depth) {
    return switch (type) {
      case BOOL -> flag(key);
      case STRING -> in.text("metadata value of " + Printable.text(key), MAX_TEXT_BYTES);
      case F32, F64 -> decimal(type);
      case ARRAY -> array(key, depth + 1);
      default -> integer(key, type);
    };
  }

  private boolean flag(String key) {
    int value = in.u8();
    if (value > 1) {
      throw in.refuse(
          "metadata value of %s is %d, expected 0 or 1".formatted(Printable.text(key), value));
    }
    return value == 1;
  }

  private double decimal(int type) {
    return type == F32 ? Float.intBitsToFloat(in.i32()) : Double.longBitsToDouble(in.i64());
  }

  private long integer(String key, int type) {
    return switch (type) {
      case U8 -> in.u8();
      case I8 -> (byte) in.u8();
      case U16 -> in.i16() & 0xffff;
      case I16 -> in.i16();
      case U32 -> in.u32();
      case I32 -> in.i32();
      case U64 -> in.u64("metadata value of " + Printable.text(key));
      case I64 -> in.i64();
      default ->
          throw in.refuse(
              "metadata key %s has unknown value type %s"
                  .formatted(Printable.text(key), Integer.toUnsignedString(type)));
    };
  }

  private Object array(String key, int depth) {
    if (depth > MAX_DEPTH) {
      throw in.refuse("metadata is nested too deeply at " + Printable.text(key));
    }
    int type = in.i32();
    int count = in.count("list length of " + Printable.text(key), leastBytes(key, type), itemsLeft);
    itemsLeft -= count;
    return switch (type) {
      case STRING -> texts(key, count);
      case F32, F64 -> decimals(type, count);
      case BOOL, ARRAY -> objects(key, type, count, depth);
      default -> integers(key, type, count);
    };
  }

  private int leastBytes(String key, int type) {
    return switch (type) {
      case U8, I8, BOOL -> 1;
      case U16, I16 -> 2;
      case U32, I32, F32 -> 4;
      case STRING, U64, I64, F64 -> 8;
      case ARRAY -> 12;
      default ->
          throw in.refuse(
              "metadata key %s has a list of unknown type %s"
                  .formatted(Printable.text(key), Integer.toUnsignedString(type)));
    };
  }

  private String[] texts(String key, int count) {
    String[] texts = new String[count];
    for (int i = 0; i < count; i++) {
      texts[i] = in.text("an element of " + Printable.text(key), MAX_TEXT_BYTES);
    }
    return texts;
  }

  private double[] decimals(int type, int count) {
    double[] numbers = new double[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = decimal(type);
    }
    return numbers;
  }

  private long[] integers(String key, int type, int count) {
    long[] numbers = new long[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = integer(key, type);
    }
    return numbers;
  }

  private Object[] objects(String key, int type, int count, int depth) {
    Object[] objects = new Object[count];
    for (int i = 0; i < count; i++) {
      objects[i] = value(key, type, depth);
    }
    return objects;
  }
}
