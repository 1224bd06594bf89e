package dev.palimpsest.checkpoint.safetensors;

import dev.palimpsest.checkpoint.ModelFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Builds safetensors files, sound and broken, from a header's text. */
public final class SafetensorsBytes {
  private SafetensorsBytes() {}

  /** Joins the length of the header, the header, and that many zero bytes of data. */
  public static byte[] of(String header, int dataBytes) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    return join(length(text.length), text, new byte[dataBytes]);
  }

  static byte[] length(long length) {
    return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array();
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  /** Writes the bytes as model.safetensors and reads its header. */
  static SafetensorsFile read(Path folder, byte[] bytes) {
    Path path = folder.resolve("model.safetensors");
    try {
      Files.write(path, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try (ModelFile file = ModelFile.open(path, "model.safetensors")) {
      return SafetensorsFile.read(file);
    }
  }
}
