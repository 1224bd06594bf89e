package dev.palimpsest.checkpoint.safetensors;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.Printable;
import dev.palimpsest.checkpoint.StrictJson;
import dev.palimpsest.checkpoint.tensor.StoredType;
import dev.palimpsest.checkpoint.tensor.TensorInfo;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Checks one tensor's entry in a safetensors header. */
final class SafetensorsEntryReader {
  private static final int MAX_RANK = 8;
  private static final int MAX_NAME_BYTES = 512;

  private static final Map<String, StoredType> TYPES =
      Arrays.stream(StoredType.values())
          .filter(type -> type.blockElements() <= 4 && !type.isJoined())
          .collect(Collectors.toUnmodifiableMap(Enum::name, Function.identity()));

  private final String file;
  private final String name;
  private final JsonNode entry;

  SafetensorsEntryReader(String file, String name, JsonNode entry) {
    this.file = file;
    this.name = name;
    this.entry = entry;
  }

  SafetensorsFile.Entry read(long dataStart) {
    requireName();
    if (!entry.isObject()) {
      throw refuse("must be described by an object, not " + StrictJson.kind(entry));
    }
    StoredType type = type();
    long[] shape = unsigned("shape");
    long bytes = bytesOf(type, shape);
    long begin = begin(bytes);
    return new SafetensorsFile.Entry(
        new TensorInfo(name, type, shape, bytes), Math.addExact(dataStart, begin));
  }

  private void requireName() {
    if (name.isEmpty()) {
      throw new CheckpointException(file, "header has a tensor without a name");
    }
    boolean printable = Printable.text(name).equals(name) || name.length() > 100;
    if (!printable || name.contains("..")) {
      throw refuse("is not an allowed tensor name");
    }
    if (name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES) {
      throw refuse("is a tensor name longer than " + MAX_NAME_BYTES + " bytes");
    }
  }

  private StoredType type() {
    JsonNode dtype = entry.path("dtype");
    StoredType type = dtype.isTextual() ? TYPES.get(dtype.textValue()) : null;
    if (type == null) {
      throw refuse("has unknown dtype " + Printable.text(dtype.asText("(none)")));
    }
    return type;
  }

  private long[] unsigned(String field) {
    JsonNode list = entry.path(field);
    int most = field.equals("shape") ? MAX_RANK : 2;
    if (!list.isArray() || list.size() > most) {
      throw refuse("has " + field + " that is not a list of at most " + most + " integers");
    }
    long[] numbers = new long[list.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = unsigned(field, list.get(i));
    }
    return numbers;
  }

  private long unsigned(String field, JsonNode number) {
    if (!number.isIntegralNumber()) {
      throw refuse(
          "has %s with %s, expected integers".formatted(field, Printable.text(number.toString())));
    }
    if (!number.canConvertToLong()) {
      throw refuse("has %s that overflows 63 bits".formatted(field));
    }
    if (number.longValue() < 0) {
      throw refuse("has %s with the negative number %d".formatted(field, number.longValue()));
    }
    return number.longValue();
  }

  private long bytesOf(StoredType type, long[] shape) {
    try {
      return type.bytesOf(TensorInfo.elements(shape));
    } catch (ArithmeticException e) {
      throw refuse(
          "has shape %s, which overflows or does not fill whole bytes"
              .formatted(TensorInfo.shapeText(shape)));
    }
  }

  private long begin(long bytes) {
    long[] offsets = unsigned("data_offsets");
    if (offsets.length != 2 || offsets[1] < offsets[0]) {
      throw refuse("has invalid data_offsets " + TensorInfo.shapeText(offsets));
    }
    if (offsets[1] - offsets[0] != bytes) {
      throw refuse(
          "has data_offsets of %d bytes that do not match its shape and dtype (%d bytes)"
              .formatted(offsets[1] - offsets[0], bytes));
    }
    return offsets[0];
  }

  private CheckpointException refuse(String sentence) {
    return new CheckpointException(file, "tensor " + Printable.text(name) + " " + sentence);
  }
}
