package dev.palimpsest.decoder;

import dev.palimpsest.checkpoint.Adapter;
import dev.palimpsest.checkpoint.Checkpoint;
import dev.palimpsest.decoder.weights.AdapterLoader;
import dev.palimpsest.decoder.weights.CheckpointSource;
import dev.palimpsest.decoder.weights.LoadedAdapter;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Opens adapter folders and loads them over a base. */
final class AdapterFolders {
  private AdapterFolders() {}

  static void load(
      Map<String, Path> folders, LocalModel model, Checkpoint checkpoint, CheckpointSource base) {
    AdapterLoader loader =
        new AdapterLoader(model.kernel(), model.blueprint(), base, model.weights());
    for (Map.Entry<String, Path> folder : new TreeMap<>(folders).entrySet()) {
      try (Adapter adapter = Adapter.open(folder.getValue())) {
        adapter.checkAgainst(checkpoint);
        LoadedAdapter loaded = loader.load(adapter);
        model.add(folder.getKey(), loaded.weights(), loaded.factors());
      }
    }
  }
}
