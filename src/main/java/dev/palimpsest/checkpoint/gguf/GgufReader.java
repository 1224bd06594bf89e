package dev.palimpsest.checkpoint.gguf;

import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.ModelFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads little-endian values of a GGUF file one after the other.
 *
 * <p>Every count and length is held against the bytes that are left before anything is allocated.
 */
final class GgufReader {
  private static final int WINDOW = 1 << 16;

  /** Bytes of the largest number. */
  private static final int LARGEST_VALUE = 8;

  private final ModelFile file;
  private ByteBuffer window = ByteBuffer.allocate(0);
  private long windowStart;

  GgufReader(ModelFile file) {
    this.file = file;
  }

  long position() {
    return windowStart + window.position();
  }

  private long remaining() {
    return file.size() - position();
  }

  int u8() {
    return need(1).get() & 0xff;
  }

  int i16() {
    return need(2).getShort();
  }

  int i32() {
    return need(4).getInt();
  }

  long u32() {
    return Integer.toUnsignedLong(i32());
  }

  long i64() {
    return need(8).getLong();
  }

  /** Reads an unsigned 64-bit number that must fit 63 bits. */
  long u64(String what) {
    long number = i64();
    if (number < 0) {
      throw refuse("%s is out of range (%s)".formatted(what, Long.toUnsignedString(number)));
    }
    return number;
  }

  /** Reads a count of things of which each takes at least {@code leastBytes}. */
  int count(String what, int leastBytes, int most) {
    long count = i64();
    if (count > remaining() / leastBytes && count <= most) {
      throw refuse(
          "is truncated: %s is %d, but only %d bytes are left; fetch it again"
              .formatted(what, count, remaining()));
    }
    if (count < 0 || count > most) {
      throw refuse(
          "%s is out of range (%s in a file of %d bytes)"
              .formatted(what, Long.toUnsignedString(count), file.size()));
    }
    return (int) count;
  }

  /** Reads a length and as many bytes of UTF-8. */
  String text(String what, int mostBytes) {
    long length = i64();
    if (length < 0 || length > remaining()) {
      throw refuse(
          "%s claims %s bytes, more than the file has; the file is broken or cut short"
              .formatted(what, Long.toUnsignedString(length)));
    }
    if (length > mostBytes) {
      throw refuse("%s has %d bytes, more than the %d allowed".formatted(what, length, mostBytes));
    }
    return decode(bytes((int) length), what);
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    long from = position();
    if (length <= window.remaining()) {
      window.get(bytes);
    } else {
      file.read(from, bytes, length);
      moveTo(from + length);
    }
    return bytes;
  }

  private String decode(byte[] bytes, String what) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw refuse(what + " is not valid UTF-8");
    }
  }

  private ByteBuffer need(int bytes) {
    if (window.remaining() < bytes) {
      if (remaining() < bytes) {
        throw refuse("is truncated: it ends inside the header; fetch it again");
      }
      moveTo(position());
    }
    return window;
  }

  private void moveTo(long position) {
    // Of a file on its way, the window ends with what has arrived; more than that is asked for.
    long there = Math.max(file.arrived() - position, LARGEST_VALUE);
    int length = (int) Math.min(Math.min(WINDOW, there), file.size() - position);
    byte[] bytes = new byte[length];
    file.read(position, bytes, length);
    window = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    windowStart = position;
  }

  CheckpointException refuse(String sentence) {
    return new CheckpointException(file.name(), sentence);
  }
}
