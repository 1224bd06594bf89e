package dev.palimpsest.checkpoint;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Reads JSON files of a checkpoint: UTF-8, one value, no repeated keys, bounded size and depth.
 *
 * <p>Two readers that see different values under one repeated key would check one model and run
 * another, so a repeated key is refused.
 */
public final class StrictJson {
  // a value inside a document is followed by the rest of the document
  private static final ObjectReader INNER =
      Json.mapper().reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private StrictJson() {}

  /** Reads a file that must hold one object and be no larger than {@code maxBytes}. */
  public static ObjectNode object(Path path, String name, long maxBytes) {
    try (ModelFile file = ModelFile.open(path, name)) {
      return object(file, maxBytes);
    }
  }

  private static ObjectNode object(ModelFile file, long maxBytes) {
    if (file.size() == 0) {
      throw new CheckpointException(file.name(), "is empty; fetch it again");
    }
    if (file.size() > maxBytes) {
      throw new CheckpointException(
          file.name(), "has " + file.size() + " bytes, more than the " + maxBytes + " allowed");
    }
    byte[] bytes = file.head((int) file.size());
    return object(bytes, file.name(), "");
  }

  /** Reads an object from bytes; {@code subject} is as in {@link #text}. */
  public static ObjectNode object(byte[] bytes, String file, String subject) {
    return parse(text(bytes, file, subject), file, subject);
  }

  private static ObjectNode parse(String text, String name, String subject) {
    try {
      JsonNode node = Json.mapper().readTree(text);
      if (node instanceof ObjectNode object) {
        return object;
      }
      throw new CheckpointException(name, subject + "must be a JSON object, not " + kind(node));
    } catch (JsonProcessingException e) {
      throw explain(e, name, subject);
    }
  }

  /**
   * Decodes UTF-8 strictly.
   *
   * @param subject what in the file is meant, for example {@code "header "}; empty for all of it
   */
  public static String text(byte[] bytes, String file, String subject) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new CheckpointException(file, subject + "is not valid UTF-8; fetch the file again");
    }
  }

  /** Returns a parser as strict as the other readers, for text that is read piece by piece. */
  public static JsonParser parser(String text) throws IOException {
    return Json.mapper().getFactory().createParser(text);
  }

  /** Reads the value at which the parser stands. */
  public static JsonNode value(JsonParser parser) throws IOException {
    return INNER.readTree(parser);
  }

  /** Turns the parser's failure into a sentence. */
  public static CheckpointException explain(
      JsonProcessingException failure, String file, String subject) {
    String reason = failure.getOriginalMessage();
    if (failure instanceof StreamConstraintsException) {
      boolean deep = reason.contains("nesting depth");
      return new CheckpointException(
          file, subject + (deep ? "is nested too deeply" : "holds a name or value too long"));
    }
    if (reason.startsWith("Duplicate field '")) {
      String key = reason.substring(reason.indexOf('\'') + 1, reason.lastIndexOf('\''));
      return new CheckpointException(file, subject + "has '" + Printable.text(key) + "' twice");
    }
    if (reason.startsWith("Non-standard token")) {
      return new CheckpointException(
          file, subject + "is not valid JSON: it holds NaN or Infinity, which are no JSON numbers");
    }
    return new CheckpointException(file, subject + "is not valid JSON" + where(failure));
  }

  private static String where(JsonProcessingException failure) {
    if (failure.getLocation() == null) {
      return "";
    }
    return " (line %d, column %d)"
        .formatted(failure.getLocation().getLineNr(), failure.getLocation().getColumnNr());
  }

  /** Returns the node's kind with its article, for example {@code an array}. */
  public static String kind(JsonNode node) {
    return switch (node.getNodeType()) {
      case ARRAY -> "an array";
      case OBJECT -> "an object";
      case STRING -> "a string";
      case NUMBER -> "a number";
      case BOOLEAN -> "a truth value";
      case NULL -> "null";
      default -> "nothing";
    };
  }
}
