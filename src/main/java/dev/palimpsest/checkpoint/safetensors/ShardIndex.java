package dev.palimpsest.checkpoint.safetensors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.Printable;
import dev.palimpsest.checkpoint.StrictJson;
import dev.palimpsest.checkpoint.tensor.StoredTensor;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The map from tensor names to shards in {@code model.safetensors.index.json}.
 *
 * @param shardOf the shard of each tensor; shards are plain names of safetensors files
 */
public record ShardIndex(Map<String, String> shardOf) {
  /** The file that holds it. */
  public static final String NAME = "model.safetensors.index.json";

  private static final long MAX_BYTES = 64L << 20;

  /** Reads the index of a folder; every shard it names stays in that folder. */
  public static ShardIndex read(Path folder) {
    ObjectNode node = StrictJson.object(folder.resolve(NAME), NAME, MAX_BYTES);
    if (!(node.get("weight_map") instanceof ObjectNode weights) || weights.isEmpty()) {
      throw new CheckpointException(NAME, "has no weight_map; fetch it again");
    }
    Map<String, String> shardOf = new LinkedHashMap<>();
    weights.properties().forEach(e -> shardOf.put(e.getKey(), shard(e.getKey(), e.getValue())));
    return new ShardIndex(shardOf);
  }

  /** Returns the shards' names, sorted. */
  public Set<String> shards() {
    return new TreeSet<>(shardOf.values());
  }

  private static String shard(String tensor, JsonNode value) {
    String shard = value.isTextual() ? value.textValue() : "";
    if (shard.contains("..")) {
      throw CheckpointException.ofField(
          NAME, tensor, value.toString(), "a shard name that stays in the checkpoint's folder");
    }
    if (!shard.matches("[A-Za-z0-9_.+=-]+")) {
      throw CheckpointException.ofField(
          NAME, tensor, value.toString(), "the plain file name of a shard");
    }
    if (!shard.endsWith(".safetensors")) {
      throw CheckpointException.ofField(NAME, tensor, shard, "a .safetensors file");
    }
    return shard;
  }

  /** Refuses shards that hold other tensors than the index says. */
  void requireMatch(Collection<StoredTensor> tensors) {
    Map<String, String> found = new LinkedHashMap<>();
    tensors.forEach(tensor -> found.put(tensor.info().name(), tensor.file().name()));
    shardOf.forEach((tensor, shard) -> requireIn(found, tensor, shard));
    found.keySet().stream()
        .filter(tensor -> !shardOf.containsKey(tensor))
        .findFirst()
        .ifPresent(
            tensor -> {
              throw new CheckpointException(
                  NAME,
                  "does not list tensor %s, which is in %s"
                      .formatted(Printable.text(tensor), found.get(tensor)));
            });
  }

  private static void requireIn(Map<String, String> found, String tensor, String shard) {
    if (!shard.equals(found.get(tensor))) {
      throw new CheckpointException(
          NAME, "maps tensor %s to %s, which lacks it".formatted(Printable.text(tensor), shard));
    }
  }
}
