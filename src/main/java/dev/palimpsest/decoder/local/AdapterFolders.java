package dev.palimpsest.decoder.local;

import dev.palimpsest.checkpoint.adapter.Adapter;
import dev.palimpsest.checkpoint.model.Checkpoint;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Opens adapter folders and loads them over a base. */
final class AdapterFolders {
  private AdapterFolders() {}

  /** Loads adapters under their names; returns what should be known of them before a run. */
  static List<String> load(Map<String, Path> folders, LocalModel model, Checkpoint checkpoint) {
    List<String> warnings = new ArrayList<>();
    for (Map.Entry<String, Path> folder : new TreeMap<>(folders).entrySet()) {
      try (Adapter adapter = Adapter.open(folder.getValue())) {
        adapter.checkAgainst(checkpoint);
        adapter
            .warningsOn(checkpoint)
            .forEach(warning -> warnings.add(adapter.name() + " " + warning + "."));
        model.add(folder.getKey(), adapter);
      }
    }
    return warnings;
  }
}
