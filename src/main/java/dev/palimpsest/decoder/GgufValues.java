package dev.palimpsest.decoder;

import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.GgufMetadata;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;

/** The tokenizer's part of a GGUF file's metadata, as plain values. */
final class GgufValues {
  private static final List<BiFunction<GgufMetadata, String, Object>> KINDS =
      List.of(
          GgufMetadata::text,
          GgufMetadata::integer,
          GgufMetadata::number,
          (metadata, key) -> metadata.flag(key, false),
          GgufMetadata::texts,
          (metadata, key) -> Arrays.stream(metadata.integers(key)).boxed().toList(),
          (metadata, key) -> Arrays.stream(metadata.numbers(key)).boxed().toList());

  private GgufValues() {}

  static Map<String, Object> ofTokenizer(GgufMetadata metadata) {
    Map<String, Object> values = new TreeMap<>();
    for (String key : metadata.keys()) {
      if (key.startsWith("tokenizer.")) {
        values.put(key, value(metadata, key));
      }
    }
    return values;
  }

  private static Object value(GgufMetadata metadata, String key) {
    return KINDS.stream()
        .flatMap(kind -> read(kind, metadata, key).stream())
        .findFirst()
        .orElseThrow(
            () -> metadata.wrong(key, "a text, a number, true or false, or a list of one kind"));
  }

  private static Optional<Object> read(
      BiFunction<GgufMetadata, String, Object> kind, GgufMetadata metadata, String key) {
    try {
      return Optional.of(kind.apply(metadata, key));
    } catch (CheckpointException e) {
      return Optional.empty(); // of another kind
    }
  }
}
