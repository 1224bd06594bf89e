package dev.palimpsest.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A sound checkpoint whose weights file is as long as a test needs it. */
final class LongCheckpoint {
  static final String WEIGHTS = "model.safetensors";

  private LongCheckpoint() {}

  /** Copies the smallest fixture into a folder and lengthens its weights by a note. */
  static Path in(Path folder, int noteBytes) throws IOException {
    Files.createDirectories(folder);
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/checkpoint/tiny"))) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    lengthen(folder.resolve(WEIGHTS), noteBytes);
    return folder;
  }

  /** Puts a long note into a safetensors header, so that sending the file takes a while. */
  static long lengthen(Path file, int noteBytes) throws IOException {
    ByteBuffer old = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    byte[] header = new byte[(int) old.getLong()];
    old.get(header);
    ObjectNode json = (ObjectNode) Json.mapper().readTree(header);
    json.putObject("__metadata__").put("format", "pt").put("note", "x".repeat(noteBytes));
    byte[] longer = Json.mapper().writeValueAsBytes(json);
    ByteBuffer all =
        ByteBuffer.allocate(Long.BYTES + longer.length + old.remaining())
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(longer.length)
            .put(longer)
            .put(old);
    Files.write(file, all.array());
    return all.capacity();
  }

  /** Returns what is sent to declare all files of a folder. */
  static String declaration(String name, Path folder) throws IOException {
    ObjectNode request = Json.mapper().createObjectNode().put("name", name).put("kind", "base");
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        request
            .withArray("files")
            .addObject()
            .put("path", file.getFileName().toString())
            .put("size", Files.size(file));
      }
    }
    return request.toString();
  }

  /** Returns the address of a declared file. */
  static String url(JsonNode declared, String path) {
    for (JsonNode file : declared.get("files")) {
      if (file.get("path").textValue().equals(path)) {
        return file.get("url").textValue();
      }
    }
    throw new IllegalArgumentException("the list has no " + path);
  }
}
