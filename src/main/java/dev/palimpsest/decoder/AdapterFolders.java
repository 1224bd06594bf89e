package dev.palimpsest.decoder;

import dev.palimpsest.checkpoint.Adapter;
import dev.palimpsest.checkpoint.Checkpoint;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Opens adapter folders and loads them over a base. */
final class AdapterFolders {
  private AdapterFolders() {}

  static void load(Map<String, Path> folders, LocalModel model, Checkpoint checkpoint) {
    for (Map.Entry<String, Path> folder : new TreeMap<>(folders).entrySet()) {
      try (Adapter adapter = Adapter.open(folder.getValue())) {
        adapter.checkAgainst(checkpoint);
        model.add(folder.getKey(), adapter);
      }
    }
  }
}
