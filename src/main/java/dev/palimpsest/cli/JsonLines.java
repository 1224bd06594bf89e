package dev.palimpsest.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads files of one JSON object per line, UTF-8, blank lines skipped. */
final class JsonLines {
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private JsonLines() {}

  /**
   * Reads all requests of a file.
   *
   * @throws RequestsException if the file cannot be read or a line is not one JSON object
   */
  static List<JsonLine> read(Path file) {
    List<JsonLine> lines = new ArrayList<>();
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      int number = 0;
      for (String text = reader.readLine(); text != null; text = reader.readLine()) {
        number++;
        if (!text.isBlank()) {
          lines.add(new JsonLine(file, number, parse(file, number, text)));
        }
      }
    } catch (NoSuchFileException e) {
      throw new RequestsException(file + " does not exist; check --requests.", e);
    } catch (CharacterCodingException e) {
      throw new RequestsException(
          file + " is not UTF-8 text after line " + lines.size() + "; save it as UTF-8.", e);
    } catch (IOException e) {
      throw new RequestsException(file + " cannot be read: " + e.getMessage() + ".", e);
    }
    return lines;
  }

  private static ObjectNode parse(Path file, int number, String text) {
    String json = number == 1 && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    try {
      JsonNode node = Json.mapper().readTree(json);
      if (node instanceof ObjectNode object) {
        return object;
      }
      throw new RequestsException(
          "%s, line %d: expected one JSON object like {\"id\": 1, …}, found %s."
              .formatted(file, number, JsonLine.kind(node)));
    } catch (JsonProcessingException e) {
      throw new RequestsException(
          "%s, line %d: not valid JSON (%s)."
              .formatted(file, number, e.getOriginalMessage().lines().findFirst().orElse("")),
          e);
    }
  }
}
