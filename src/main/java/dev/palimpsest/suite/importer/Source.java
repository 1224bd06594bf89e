package dev.palimpsest.suite.importer;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.Json;
import dev.palimpsest.JsonLines;
import dev.palimpsest.suite.SuiteException;
import dev.palimpsest.suite.check.CsvRecords;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A file that is imported.
 *
 * @param path as the user gave it; failures name it so
 * @param bytes all of it
 */
public record Source(Path path, byte[] bytes) {
  private static final long MAX_BYTES = 256L << 20;
  private static final int MAX_LINE_BYTES = 4 << 20;
  private static final ObjectReader ONE_OF_MANY =
      Json.mapper().reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /**
   * Reads a file.
   *
   * @throws SuiteException if there is none, or it is larger than 256 MiB
   */
  public static Source read(Path path) {
    try {
      if (!Files.isRegularFile(path)) {
        throw new NoSuchFileException(path.toString());
      }
      if (Files.size(path) > MAX_BYTES) {
        throw new SuiteException(
            path.toString(), 0, "", Files.size(path) + " bytes", "at most 256 MiB");
      }
      return new Source(path, Files.readAllBytes(path));
    } catch (NoSuchFileException e) {
      throw new SuiteException(path.toString(), 0, "", "no such file", "a file to import");
    } catch (IOException e) {
      throw new SuiteException(
          path.toString(), 0, "", "a file that cannot be read", "a readable file");
    }
  }

  /** Returns the failure of a place in the file. */
  public SuiteException fault(int line, String field, String found, String expected) {
    return new SuiteException(path.toString(), line, field, found, expected);
  }

  /** Returns the file's name without its last extension. */
  public String stem() {
    return String.valueOf(path.getFileName()).replaceAll("\\.[^.]*$", "");
  }

  /** Returns the file as text, without a byte order mark. */
  String text() {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw fault(0, "", "bytes that are not UTF-8", "UTF-8 text; save the file as UTF-8");
    }
  }

  /** Tells whether the first character that is no white space is this one. */
  public boolean startsWith(char first) {
    return text().stripLeading().startsWith(String.valueOf(first));
  }

  /** Returns the objects of JSON lines, or of one JSON list. */
  public List<Row> rows() {
    List<Row> rows = startsWith('[') ? listed() : lines();
    if (rows.isEmpty()) {
      throw fault(0, "", "no row", "at least one");
    }
    return rows;
  }

  private List<Row> lines() {
    return new JsonLines(
            MAX_LINE_BYTES, (line, found, expected) -> fault(line, "", found, expected))
        .lines(bytes).stream().map(line -> new Row(this, line.number(), line.object())).toList();
  }

  private List<Row> listed() {
    List<Row> rows = new ArrayList<>();
    try (JsonParser parser = Json.mapper().createParser(text())) {
      parser.nextToken();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        int line = parser.currentTokenLocation().getLineNr();
        JsonNode node = ONE_OF_MANY.readTree(parser);
        if (!(node instanceof ObjectNode object)) {
          throw fault(line, "", String.valueOf(node), "an object in a list");
        }
        rows.add(new Row(this, line, object));
      }
      return rows;
    } catch (JsonProcessingException e) {
      throw malformed(e);
    } catch (IOException e) {
      throw fault(0, "", "a file that cannot be read", "a readable file");
    }
  }

  /** Returns the one object that the file is. */
  Row whole() {
    try {
      if (Json.mapper().readTree(text()) instanceof ObjectNode object) {
        return new Row(this, 0, object);
      }
    } catch (JsonProcessingException e) {
      throw malformed(e);
    }
    throw fault(0, "", "something else", "one JSON object");
  }

  private SuiteException malformed(JsonProcessingException e) {
    int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
    return fault(line, "", "text that is not JSON", "JSON; the file may be cut off");
  }

  /** Returns the records of comma-separated values. */
  public List<CsvRecords.Entry> records() {
    try {
      List<CsvRecords.Entry> records = CsvRecords.read(text(), ',');
      if (records.isEmpty()) {
        throw fault(0, "", "no row", "at least one");
      }
      return records;
    } catch (CsvRecords.MalformedException e) {
      throw fault(e.line(), "", e.getMessage(), "comma-separated values as in RFC 4180");
    }
  }
}
