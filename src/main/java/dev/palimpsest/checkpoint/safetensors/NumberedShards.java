package dev.palimpsest.checkpoint.safetensors;

import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.CheckpointLocation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Shards by their names, {@code model-00001-of-00003.safetensors}, where the index is lost.
 * transformers does not load those; what they hold is not in doubt when all are there.
 */
public final class NumberedShards {
  private static final Pattern SHARD = Pattern.compile("model-(\\d{5})-of-(\\d{5})\\.safetensors");
  private static final int MOST = 1000;

  private NumberedShards() {}

  /** Returns the shards' names in a folder, sorted. */
  static List<String> in(Path folder) {
    return CheckpointLocation.list(folder).stream()
        .map(CheckpointLocation::nameOf)
        .filter(name -> SHARD.matcher(name).matches())
        .toList();
  }

  /**
   * Returns all shards of a set.
   *
   * @throws CheckpointException if one is missing
   */
  static List<String> complete(Path folder) {
    List<String> found = in(folder);
    Matcher first = SHARD.matcher(found.get(0));
    int count = first.matches() ? Integer.parseInt(first.group(2)) : 0;
    List<String> wanted = new ArrayList<>();
    for (int i = 1; i <= Math.min(count, MOST); i++) {
      wanted.add("model-%05d-of-%05d.safetensors".formatted(i, count));
    }
    List<String> missing = wanted.stream().filter(name -> !found.contains(name)).toList();
    if (!missing.isEmpty()) {
      throw new CheckpointException(
          missing.get(0),
          "is missing, as is %s; of %d shards %d are there; fetch the others from where these came from"
              .formatted(ShardIndex.NAME, count, found.size()));
    }
    found.stream()
        .filter(name -> !wanted.contains(name))
        .findFirst()
        .ifPresent(
            other -> {
              throw new CheckpointException(
                  ShardIndex.NAME,
                  "is missing, and %s is none of %d shards that are there too; keep those of one model"
                      .formatted(other, count));
            });
    return wanted;
  }

  /** Returns a note that follows the folder's name where its shards are read without an index. */
  public static Optional<String> note(Path folder) {
    boolean lost =
        SafetensorsShards.areIn(folder) && !SafetensorsShards.exists(folder, ShardIndex.NAME);
    return lost
        ? Optional.of(
            "has no %s, without which transformers does not load it; its %d shards are complete and are read"
                .formatted(ShardIndex.NAME, in(folder).size()))
        : Optional.empty();
  }

  /** Returns the name of the file that failures about a set of shards name. */
  public static String subject(Path folder) {
    return SafetensorsShards.exists(folder, ShardIndex.NAME) ? ShardIndex.NAME : in(folder).get(0);
  }
}
