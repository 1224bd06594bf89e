package dev.palimpsest.checkpoint.safetensors;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.FileSignature;
import dev.palimpsest.checkpoint.ModelFile;
import dev.palimpsest.checkpoint.Printable;
import dev.palimpsest.checkpoint.StrictJson;
import dev.palimpsest.checkpoint.tensor.TensorInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The checked header of a safetensors file.
 *
 * <p>Layout: the header's length as an unsigned 64-bit little-endian number, the header as a JSON
 * object, then the tensors without gap or overlap up to the end of the file. The rules are those of
 * the reference reader and stricter where it is lax: a name that stands twice and a header that
 * does not begin with a brace are refused.
 */
public final class SafetensorsFile {
  /** Headers beyond this are refused although the format allows 100,000,000 bytes. */
  public static final int MAX_HEADER_BYTES = 25_000_000;

  static final int MAX_TENSORS = 200_000;
  private static final int LENGTH_BYTES = 8;

  /**
   * One tensor.
   *
   * @param info its name, type and shape
   * @param offset where its bytes begin, from the start of the file
   */
  record Entry(TensorInfo info, long offset) {}

  private final ModelFile file;
  private final Map<String, String> metadata = new LinkedHashMap<>();
  private final List<Entry> entries = new ArrayList<>();
  private long dataStart;

  private SafetensorsFile(ModelFile file) {
    this.file = file;
  }

  /** Reads and checks the header of an open file; the file stays open. */
  public static SafetensorsFile read(ModelFile file) {
    SafetensorsFile parsed = new SafetensorsFile(file);
    String header = parsed.header();
    try (JsonParser parser = StrictJson.parser(header)) {
      parsed.parse(parser);
    } catch (JsonProcessingException e) {
      throw StrictJson.explain(e, file.name(), "header ");
    } catch (IOException e) {
      throw ModelFile.unreadable(file.name(), e);
    }
    parsed.requireFullCoverage();
    return parsed;
  }

  /** Returns the tensors in the order of the header. */
  List<Entry> entries() {
    return List.copyOf(entries);
  }

  /** Returns the free text under {@code __metadata__}. */
  Map<String, String> metadata() {
    return Map.copyOf(metadata);
  }

  private String header() {
    refuseOtherKinds();
    byte[] head = file.head(LENGTH_BYTES);
    long length = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getLong();
    requireLength(length);
    byte[] bytes = new byte[(int) length];
    file.read(LENGTH_BYTES, bytes, bytes.length);
    if (bytes[0] != '{') {
      throw refuse("header must start with '{'");
    }
    dataStart = LENGTH_BYTES + length;
    return StrictJson.text(bytes, file.name(), "header ");
  }

  private void refuseOtherKinds() {
    if (file.size() == 0) {
      throw refuse("is empty; fetch it again");
    }
    FileSignature.of(file)
        .ifPresent(
            kind -> {
              throw refuse("is not a safetensors file but " + kind.article() + kind.advice());
            });
    if (file.size() < LENGTH_BYTES) {
      throw refuse("is shorter than the 8 bytes of a safetensors length; fetch it again");
    }
  }

  private void requireLength(long length) {
    long room = file.size() - LENGTH_BYTES;
    if (length == 0) {
      throw refuse("has an empty header");
    }
    if (length < 0 || length > room) {
      throw refuse(
          "header length %s exceeds the file size (%d bytes follow); the file is cut short or no safetensors file"
              .formatted(Long.toUnsignedString(length), room));
    }
    if (length > MAX_HEADER_BYTES) {
      throw refuse(
          "header has %d bytes, more than the %d allowed".formatted(length, MAX_HEADER_BYTES));
    }
  }

  private void parse(JsonParser parser) throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw refuse("header must be a JSON object");
    }
    for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
      parser.nextToken();
      JsonNode value = StrictJson.value(parser);
      if (key.equals("__metadata__")) {
        readMetadata(value);
      } else {
        addEntry(key, value);
      }
    }
    if (parser.nextToken() != null) {
      throw refuse("has text after the header's closing brace");
    }
  }

  private void readMetadata(JsonNode value) {
    if (!value.isObject() && !value.isNull()) {
      throw refuse("__metadata__ must map strings to strings, not be " + StrictJson.kind(value));
    }
    for (Map.Entry<String, JsonNode> field : value.properties()) {
      if (!field.getValue().isTextual()) {
        throw refuse(
            "__metadata__ must map strings to strings, but '%s' is %s"
                .formatted(Printable.text(field.getKey()), StrictJson.kind(field.getValue())));
      }
      metadata.put(field.getKey(), field.getValue().textValue());
    }
  }

  private void addEntry(String name, JsonNode value) {
    if (entries.size() == MAX_TENSORS) {
      throw refuse("header lists more than the " + MAX_TENSORS + " tensors allowed");
    }
    entries.add(new SafetensorsEntryReader(file.name(), name, value).read(dataStart));
  }

  private void requireFullCoverage() {
    List<Entry> sorted = new ArrayList<>(entries);
    sorted.sort(
        Comparator.comparingLong(Entry::offset).thenComparingLong(e -> e.info().byteLength()));
    long end = dataStart;
    for (Entry entry : sorted) {
      requireNext(entry, end);
      end = entry.offset() + entry.info().byteLength();
    }
    if (end != file.size()) {
      throw refuse(
          "has %d trailing bytes after the last tensor; fetch it again"
              .formatted(file.size() - end));
    }
  }

  private void requireNext(Entry entry, long end) {
    String name = Printable.text(entry.info().name());
    if (entry.offset() < end) {
      throw refuse("has overlapping data_offsets at " + name);
    }
    if (entry.offset() > end) {
      throw refuse("has a hole of %d bytes before %s".formatted(entry.offset() - end, name));
    }
    if (entry.info().byteLength() > file.size() - end) {
      throw refuse(
          "is cut short: data_offsets of %s exceed the file size; fetch it again".formatted(name));
    }
  }

  private CheckpointException refuse(String sentence) {
    return new CheckpointException(file.name(), sentence);
  }
}
