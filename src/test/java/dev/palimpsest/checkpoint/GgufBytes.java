package dev.palimpsest.checkpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes GGUF files of float32 tensors, as a test wants them. */
public final class GgufBytes {
  private static final int STRING = 8;
  private static final int FLOAT32 = 6;
  private static final int UINT32 = 4;
  private static final int ALIGNMENT = 32;

  private final Map<String, Object> pairs = new LinkedHashMap<>();
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();

  private record Tensor(float[] values, long[] shape) {}

  /** Returns the beginning of a LoRA adapter. */
  public static GgufBytes lora(String architecture) {
    return new GgufBytes()
        .with("general.architecture", architecture)
        .with("general.type", "adapter")
        .with("adapter.type", "lora");
  }

  /** Adds a string, a float or an int; takes the place of what had the key. */
  public GgufBytes with(String key, Object value) {
    pairs.put(key, value);
    return this;
  }

  public GgufBytes without(String key) {
    pairs.remove(key);
    return this;
  }

  /** Adds a tensor, outermost dimension first. */
  public GgufBytes tensor(String name, float[] values, long... shape) {
    tensors.put(name, new Tensor(values, shape));
    return this;
  }

  /** Adds the factors of a matrix, all of one number. */
  public GgufBytes pair(String weight, int outputs, int inputs, int rank) {
    return tensor(weight + ".lora_a", filled(rank * inputs), rank, inputs)
        .tensor(weight + ".lora_b", filled(outputs * rank), outputs, rank);
  }

  private static float[] filled(int count) {
    float[] values = new float[count];
    Arrays.fill(values, 0.125f);
    return values;
  }

  public Path write(Path file) {
    ByteBuffer bytes = ByteBuffer.allocate(4 << 20).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put("GGUF".getBytes(StandardCharsets.US_ASCII)).putInt(3);
    bytes.putLong(tensors.size()).putLong(pairs.size());
    pairs.forEach((key, value) -> putPair(bytes, key, value));
    long offset = 0;
    for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
      long[] shape = entry.getValue().shape();
      putText(bytes, entry.getKey());
      bytes.putInt(shape.length);
      for (int i = shape.length - 1; i >= 0; i--) {
        bytes.putLong(shape[i]);
      }
      bytes.putInt(0).putLong(offset);
      offset += aligned(4L * entry.getValue().values().length);
    }
    for (Tensor tensor : tensors.values()) {
      bytes.position((int) aligned(bytes.position()));
      for (float value : tensor.values()) {
        bytes.putFloat(value);
      }
    }
    bytes.position((int) aligned(bytes.position()));
    byte[] content = new byte[bytes.position()];
    bytes.get(0, content);
    try {
      return Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void putPair(ByteBuffer bytes, String key, Object value) {
    putText(bytes, key);
    if (value instanceof String text) {
      putText(bytes.putInt(STRING), text);
    } else if (value instanceof Float number) {
      bytes.putInt(FLOAT32).putFloat(number);
    } else {
      bytes.putInt(UINT32).putInt((Integer) value);
    }
  }

  private static void putText(ByteBuffer bytes, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    bytes.putLong(utf8.length).put(utf8);
  }

  private static long aligned(long position) {
    return (position + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }
}
