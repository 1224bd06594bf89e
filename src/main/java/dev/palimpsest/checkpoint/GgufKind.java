package dev.palimpsest.checkpoint;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Tells whether a GGUF file says that it is an adapter, by a look at its beginning. */
final class GgufKind {
  /** Adapters have few keys, and no vocabulary among them. */
  private static final int HEAD = 1 << 16;

  private static final int STRING = 8;
  private static final byte[] ADAPTER = pair("general.type", "adapter");

  private GgufKind() {}

  static CheckpointKind of(Path path) {
    try (ModelFile file = ModelFile.open(path, CheckpointLocation.nameOf(path))) {
      return contains(file.head(HEAD)) ? CheckpointKind.ADAPTER : CheckpointKind.GGUF;
    } catch (CheckpointException e) {
      return CheckpointKind.GGUF; // whoever opens it says what is wrong
    }
  }

  /** Returns a key and its text as GGUF has them: lengths in 64 bits, the type in 32. */
  private static byte[] pair(String key, String value) {
    return ByteBuffer.allocate(8 + key.length() + 4 + 8 + value.length())
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(key.length())
        .put(key.getBytes(StandardCharsets.US_ASCII))
        .putInt(STRING)
        .putLong(value.length())
        .put(value.getBytes(StandardCharsets.US_ASCII))
        .array();
  }

  private static boolean contains(byte[] head) {
    String text = new String(head, StandardCharsets.ISO_8859_1);
    return text.startsWith("GGUF")
        && text.contains(new String(ADAPTER, StandardCharsets.ISO_8859_1));
  }
}
