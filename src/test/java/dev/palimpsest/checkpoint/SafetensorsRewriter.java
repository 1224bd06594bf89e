package dev.palimpsest.checkpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/** Gives the tensors of a safetensors file other names. */
public final class SafetensorsRewriter {
  private SafetensorsRewriter() {}

  public static void rename(Path file, UnaryOperator<String> names) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      int length = (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
      ObjectNode header = (ObjectNode) Json.mapper().readTree(bytes, 8, length);
      ObjectNode renamed = Json.mapper().createObjectNode();
      for (var entry : header.properties()) {
        String key = entry.getKey();
        renamed.set(key.startsWith("__") ? key : names.apply(key), entry.getValue());
      }
      byte[] text = renamed.toString().getBytes(StandardCharsets.UTF_8);
      byte[] data = Arrays.copyOfRange(bytes, 8 + length, bytes.length);
      ByteBuffer out = ByteBuffer.allocate(8 + text.length + data.length);
      out.order(ByteOrder.LITTLE_ENDIAN).putLong(text.length).put(text).put(data);
      Files.write(file, out.array());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
