package dev.palimpsest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes UTF-8 files of JSON objects apart.
 *
 * <p>A byte order mark, CRLF line ends and blank lines carry no meaning and are passed over;
 * anything that is not UTF-8 or not a whole JSON object is refused with its line.
 */
public final class JsonLines {
  private static final byte[] BOM = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final int longest;
  private final Fault fault;

  /**
   * Creates a reader.
   *
   * @param longest bytes of a line that are accepted
   * @param fault makes the failures
   */
  public JsonLines(int longest, Fault fault) {
    this.longest = longest;
    this.fault = fault;
  }

  /** Makes the failure that the caller's users see. */
  @FunctionalInterface
  public interface Fault {
    /**
     * Returns a failure.
     *
     * @param line from 1; 0 where the whole file is meant
     */
    UserFacingException of(int line, String found, String expected);
  }

  /** One object and the line it begins on, from 1. */
  public record Line(int number, ObjectNode object) {}

  /** Returns the objects of a file, one per line. */
  public List<Line> lines(byte[] content) {
    List<Line> lines = new ArrayList<>();
    int number = 0;
    int start = bomLength(content);
    while (start < content.length) {
      int end = endOfLine(content, start);
      number++;
      String text = decode(content, start, end, number).strip();
      if (!text.isEmpty()) {
        boolean last = end == content.length;
        lines.add(new Line(number, parse(text, number, last)));
      }
      start = end + 1;
    }
    return lines;
  }

  /** Returns the one object that a file is. */
  public ObjectNode whole(byte[] content) {
    int start = bomLength(content);
    return parse(decode(content, start, content.length, 0), 0, true);
  }

  private static int bomLength(byte[] content) {
    boolean bom = content.length >= BOM.length;
    for (int i = 0; bom && i < BOM.length; i++) {
      bom = content[i] == BOM[i];
    }
    return bom ? BOM.length : 0;
  }

  private static int endOfLine(byte[] content, int start) {
    int end = start;
    while (end < content.length && content[end] != '\n') {
      end++;
    }
    return end;
  }

  private String decode(byte[] content, int start, int end, int line) {
    if (line > 0 && end - start > longest) {
      throw fault.of(line, end - start + " bytes", "at most " + longest + " bytes per line");
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(content, start, end - start))
          .toString();
    } catch (CharacterCodingException e) {
      throw fault.of(line, "bytes that are not UTF-8", "UTF-8 text; save the file as UTF-8");
    }
  }

  private ObjectNode parse(String text, int line, boolean last) {
    try {
      JsonNode node = Json.mapper().readTree(text);
      if (node instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException e) {
      String end = last ? "; the file may be cut off" : "";
      throw fault.of(line, "text that is not JSON (" + reason(e) + ")", "one JSON object" + end);
    }
    throw fault.of(line, excerpt(text), "one JSON object");
  }

  private static String reason(JsonProcessingException e) {
    String first = e.getOriginalMessage().lines().findFirst().orElse("unreadable");
    return excerpt(first.replaceAll("\\s*\\(start marker at .*", ""));
  }

  private static String excerpt(String text) {
    return text.length() <= 120 ? text : text.substring(0, 117) + "…";
  }
}
