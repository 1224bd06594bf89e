package dev.palimpsest.checkpoint.gguf;

import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.tensor.TensorInfo;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a GGUF file says of its architecture: the keys under the architecture's name, without that
 * name, and the tensors.
 *
 * <p>It remembers which keys were asked for, so that one that nobody follows can be refused.
 */
final class GgufKeys {
  private static final int MOST_FACTORS = 4096;

  /** Keys that say what the tensors say too, or nothing about the computation. */
  private static final Set<String> HARMLESS =
      Set.of(
          "vocab_size",
          "tensor_data_layout",
          "use_parallel_residual",
          "attention.layer_norm_epsilon",
          "attention.layer_norm_rms_epsilon",
          "attention.value_length",
          "expert_feed_forward_length",
          "expert_shared_feed_forward_length",
          "rope.scaling.finetuned",
          "rope.scaling.original_context_length");

  private final GgufFile file;
  private final GgufMetadata metadata;
  private final String prefix;
  private final Map<String, GgufFile.Entry> tensors = new HashMap<>();
  private final Set<String> followed = new HashSet<>(HARMLESS);

  GgufKeys(GgufFile file) {
    this.file = file;
    this.metadata = file.metadata();
    this.prefix = metadata.text("general.architecture") + ".";
    file.entries().forEach(entry -> tensors.put(entry.info().name(), entry));
  }

  boolean has(String key) {
    return metadata.has(prefix + key);
  }

  /** Returns an integer above 0. */
  int size(String key) {
    int size = natural(key);
    if (size == 0) {
      throw wrong(key, "a positive integer");
    }
    return size;
  }

  /** Returns an integer above 0, or the default when the key is absent. */
  int size(String key, int absent) {
    return has(key) ? size(key) : absent;
  }

  /** Returns an integer of 0 or more, or the default when the key is absent. */
  int natural(String key, int absent) {
    return has(key) ? natural(key) : absent;
  }

  private int natural(String key) {
    followed.add(key);
    return metadata.naturalInt(prefix + key);
  }

  double number(String key) {
    followed.add(key);
    return metadata.number(prefix + key);
  }

  double number(String key, double absent) {
    return has(key) ? number(key) : absent;
  }

  String text(String key, String absent) {
    followed.add(key);
    return metadata.text(prefix + key, absent);
  }

  boolean flag(String key, boolean absent) {
    followed.add(key);
    return metadata.flag(prefix + key, absent);
  }

  CheckpointException wrong(String key, String expected) {
    return metadata.wrong(prefix + key, expected);
  }

  boolean hasTensor(String name) {
    return tensors.containsKey(name);
  }

  /** Returns what is known of a tensor that every such file has. */
  TensorInfo tensor(String name) {
    if (!tensors.containsKey(name)) {
      throw new CheckpointException(file.name(), "lacks tensor " + name + "; convert it again");
    }
    return tensors.get(name).info();
  }

  /** Returns the numbers of a short tensor, if it is there. */
  Optional<float[]> factors(String name) {
    GgufFile.Entry entry = tensors.get(name);
    if (entry == null) {
      return Optional.empty();
    }
    if (entry.info().elements() > MOST_FACTORS) {
      throw new CheckpointException(file.name(), "has too many rope factors; convert it again");
    }
    float[] factors = new float[(int) entry.info().elements()];
    FloatBuffer target = FloatBuffer.wrap(factors);
    entry.stored().scan((numbers, count) -> target.put(numbers, 0, count));
    return Optional.of(factors);
  }

  /** Refuses a key of the architecture that was not asked for, unless it changes nothing. */
  void refuseOthers() {
    for (String name : metadata.keys()) {
      String key = name.startsWith(prefix) ? name.substring(prefix.length()) : "";
      if (!key.isEmpty() && !followed.contains(key) && !metadata.isOff(name, isFactor(key))) {
        throw wrong(key, "none: it changes what is computed and is not followed");
      }
    }
  }

  private static boolean isFactor(String key) {
    return key.contains("scale") || key.contains("factor") || key.contains("group");
  }
}
