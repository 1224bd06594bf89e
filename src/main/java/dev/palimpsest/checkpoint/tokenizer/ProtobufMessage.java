package dev.palimpsest.checkpoint.tokenizer;

import dev.palimpsest.checkpoint.CheckpointException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Walks through the fields of one message in the wire format of Protocol Buffers.
 *
 * <p>Each field is a number and a value: an integer of variable length, 4 or 8 bytes, or so many
 * bytes.
 */
final class ProtobufMessage {
  private static final int VARINT = 0;
  private static final int EIGHT_BYTES = 1;
  private static final int BYTES = 2;
  private static final int FOUR_BYTES = 5;

  private final String file;
  private final ByteBuffer in;
  private int field;
  private int kind;
  private long number;
  private ByteBuffer bytes = ByteBuffer.allocate(0);

  ProtobufMessage(String file, ByteBuffer content) {
    this.file = file;
    this.in = content.slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Moves to the next field.
   *
   * @return whether there is one
   * @throws CheckpointException if the bytes are no message
   */
  boolean next() {
    if (!in.hasRemaining()) {
      return false;
    }
    long key = varint();
    field = (int) (key >>> 3);
    kind = (int) key & 7;
    switch (kind) {
      case VARINT -> number = varint();
      case EIGHT_BYTES -> number = take(8).getLong(0);
      case FOUR_BYTES -> number = take(4).getInt(0);
      case BYTES -> bytes = take(varint());
      default -> throw broken();
    }
    return true;
  }

  /** Returns the number of the field. */
  int field() {
    return field;
  }

  /** Returns an integer. */
  long integer() {
    require(VARINT);
    return number;
  }

  /** Returns a float32. */
  float real() {
    require(FOUR_BYTES);
    return Float.intBitsToFloat((int) number);
  }

  /** Returns a message inside this one. */
  ProtobufMessage message() {
    return new ProtobufMessage(file, bytes());
  }

  /** Returns the bytes. */
  ByteBuffer bytes() {
    require(BYTES);
    return bytes.duplicate();
  }

  /** Returns a text. */
  String text() {
    try {
      CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(bytes());
      return text.toString();
    } catch (CharacterCodingException e) {
      throw new CheckpointException(file, "has a token that is not UTF-8; copy the file again");
    }
  }

  private void require(int expected) {
    if (kind != expected) {
      throw broken();
    }
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte next = take(1).get(0);
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw broken();
  }

  private ByteBuffer take(long length) {
    if (length < 0 || length > in.remaining()) {
      throw broken();
    }
    ByteBuffer part = in.slice(in.position(), (int) length).order(ByteOrder.LITTLE_ENDIAN);
    in.position(in.position() + (int) length);
    return part;
  }

  private CheckpointException broken() {
    return new CheckpointException(
        file, "is no SentencePiece model, or damaged; copy it again from where it came from");
  }
}
