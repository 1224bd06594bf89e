package dev.palimpsest.decoder.weights;

import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.TensorStore;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The tensors of a PEFT adapter; remembers which ones have found their place. */
final class AdapterTensors {
  private static final String PREFIX = "base_model.model.";

  private final String file;
  private final TensorStore store;
  private final Set<String> unused;

  AdapterTensors(String file, TensorStore store) {
    this.file = file;
    this.store = store;
    this.unused = new TreeSet<>(store.names());
  }

  /** Returns the full replacement of a base tensor, under any of the names that PEFT gives it. */
  Optional<String> replacement(String module, String kind) {
    String direct = PREFIX + module + "." + kind;
    String original = PREFIX + module + ".base_layer." + kind;
    String saved = PREFIX + module + ".modules_to_save." + kind;
    for (String name : new String[] {original, saved, direct}) {
      if (store.contains(name)) {
        return Optional.of(name);
      }
    }
    return Optional.empty();
  }

  /** Reads what the adapter adds to a module. */
  LoraModule module(String module, int rows, int columns, LoraConfig config) {
    String name = PREFIX + module + ".lora_";
    if (!store.contains(name + "A.weight")) {
      return LoraModule.NONE;
    }
    int rank = config.rank(module);
    float[] down = read(name + "A.weight", rank, columns);
    float[] up = read(name + "B.weight", rows, rank);
    scale(up, config.scale(module));
    return new LoraModule(rank, down, up, magnitude(name, rows));
  }

  /** Reads what the adapter adds to a table that is looked up by token; down is [tokens, rank]. */
  LoraModule table(String module, int tokens, int width, LoraConfig config) {
    String name = PREFIX + module + ".lora_embedding_";
    if (!store.contains(name + "A")) {
      return LoraModule.NONE;
    }
    int rank = config.rank(module);
    float[] down = transposed(read(name + "A", rank, tokens), rank, tokens);
    float[] up = read(name + "B", width, rank);
    scale(up, config.scale(module));
    return new LoraModule(rank, down, up, new float[0]);
  }

  private float[] magnitude(String name, int rows) {
    String plain = name + "magnitude_vector";
    String tensor = store.contains(plain) ? plain : plain + ".weight";
    return store.contains(tensor) ? read(tensor, rows) : new float[0];
  }

  private float[] read(String name, int... shape) {
    if (!store.contains(name)) {
      throw new CheckpointException(file, "the tensor " + name + " is missing.");
    }
    long[] found = store.info(name).shape();
    long[] expected = Arrays.stream(shape).asLongStream().toArray();
    if (!Arrays.equals(found, expected)) {
      throw new CheckpointException(
          file,
          "the adapter does not fit the base model: %s has the shape %s, the base expects %s."
              .formatted(name, Arrays.toString(found), Arrays.toString(expected)));
    }
    float[] values = new float[Math.toIntExact(store.info(name).elements())];
    store.readFloat32(name, FloatBuffer.wrap(values));
    unused.remove(name);
    return values;
  }

  /** Returns a view of the tensors for replacing base weights. */
  TensorStore replacing(String name) {
    unused.remove(name);
    return store;
  }

  /** Fails if the adapter holds something that was not used, rather than leave it out silently. */
  void checkAllUsed() {
    if (!unused.isEmpty()) {
      String first = unused.iterator().next();
      throw new CheckpointException(
          file,
          "the tensor %s%s has no place in the base model; the adapter was made for another model or"
                  .formatted(
                      first, unused.size() > 1 ? " (and " + (unused.size() - 1) + " more)" : "")
              + " uses something that is not supported.");
    }
  }

  String file() {
    return file;
  }

  private static void scale(float[] values, double factor) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (values[i] * factor);
    }
  }

  private static float[] transposed(float[] values, int rows, int columns) {
    float[] turned = new float[values.length];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        turned[j * rows + i] = values[i * columns + j];
      }
    }
    return turned;
  }
}
