package dev.palimpsest.decoder.local;

import static java.util.stream.Collectors.toMap;

import dev.palimpsest.checkpoint.CheckpointLocation;
import dev.palimpsest.checkpoint.DistinctNames;
import dev.palimpsest.checkpoint.adapter.Adapter;
import dev.palimpsest.checkpoint.model.Checkpoint;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Opens adapter folders and loads them over a base. */
final class AdapterFolders {
  private AdapterFolders() {}

  /** Loads adapters under their names; returns what should be known of them before a run. */
  static List<String> load(Map<String, Path> folders, LocalModel model, Checkpoint checkpoint) {
    List<String> warnings = new ArrayList<>();
    Map<Path, String> names = names(folders.values());
    for (Map.Entry<String, Path> folder : new TreeMap<>(folders).entrySet()) {
      try (Adapter adapter = Adapter.open(folder.getValue())) {
        adapter.checkAgainst(checkpoint);
        adapter
            .warningsOn(checkpoint)
            .forEach(warning -> warnings.add(names.get(folder.getValue()) + " " + warning + "."));
        model.add(folder.getKey(), adapter);
      }
    }
    return warnings;
  }

  private static Map<Path, String> names(Collection<Path> folders) {
    List<Path> paths = folders.stream().distinct().toList();
    List<String> last = paths.stream().map(p -> CheckpointLocation.of(p).name()).toList();
    List<String> distinct = DistinctNames.of(last, paths);
    return IntStream.range(0, paths.size()).boxed().collect(toMap(paths::get, distinct::get));
  }
}
