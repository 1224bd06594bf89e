package dev.palimpsest.checkpoint.inspection;

import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.CheckpointKind;
import dev.palimpsest.checkpoint.FileRole;
import dev.palimpsest.checkpoint.Manifest;
import dev.palimpsest.checkpoint.adapter.Adapter;
import dev.palimpsest.checkpoint.safetensors.SafetensorsShards;
import dev.palimpsest.checkpoint.safetensors.ShardIndex;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Looks at the names of all files of a folder and at the ends of those that are used. */
final class FolderCheck {
  private static final Pattern DOCUMENT =
      Pattern.compile("(?i).*\\.(md|txt|pdf|png|jpg|svg)|licen[cs]e.*|readme.*|notice.*");

  private final Path folder;
  private final CheckpointKind kind;
  private final Findings findings;

  FolderCheck(Path folder, CheckpointKind kind, Findings findings) {
    this.folder = folder;
    this.kind = kind;
    this.findings = findings;
  }

  void check(Manifest files) {
    Set<String> lower = new HashSet<>();
    Set<String> used = usedWeights();
    Map<String, Integer> below = new TreeMap<>();
    for (Manifest.Entry entry : files.entries()) {
      int slash = entry.path().indexOf('/');
      if (slash < 0) {
        checkFile(entry.path(), used);
      } else {
        below.merge(entry.path().substring(0, slash + 1), 1, Integer::sum);
      }
      if (!lower.add(entry.path().toLowerCase(Locale.ROOT))) {
        findings.warning(entry.path(), "differs from another file only in upper and lower case");
      }
    }
    boolean index = Files.exists(folder.resolve(ShardIndex.NAME), LinkOption.NOFOLLOW_LINKS);
    if (index && !SafetensorsShards.areIn(folder)) {
      findings.warning(
          ShardIndex.NAME,
          "is not used, as %s holds a whole model".formatted(SafetensorsShards.SINGLE));
    }
    below.forEach(
        (name, count) ->
            findings.info(
                name, "is a folder with " + count + " files inside the checkpoint; none is used"));
  }

  private Set<String> usedWeights() {
    if (kind == CheckpointKind.ADAPTER) {
      return Set.of(Adapter.weightsIn(folder));
    }
    if (!SafetensorsShards.areIn(folder)) {
      return Set.of(SafetensorsShards.SINGLE);
    }
    try {
      return SafetensorsShards.namesIn(folder);
    } catch (CheckpointException e) {
      // opening the weights reports it
      return Set.of();
    }
  }

  private void checkFile(String path, Set<String> used) {
    switch (FileRole.of(path)) {
      case EXECUTABLE ->
          findings.warning(path, "can run code when it is loaded; it is not used and never opened");
      case CODE -> findings.warning(path, "is program text; it is not used and never run");
      case ARCHIVE -> findings.warning(path, "is an archive; it is not used and never unpacked");
      case USED -> checkWeights(path, used);
      case IGNORED -> {
        if (!DOCUMENT.matcher(path).matches()) {
          findings.info(path, "is not used");
        }
      }
    }
  }

  private void checkWeights(String path, Set<String> used) {
    if (!path.endsWith(".safetensors") && !path.endsWith(".gguf")) {
      return;
    }
    if (!used.contains(path)) {
      findings.warning(path, "holds weights that are not part of the model and are not used");
      return;
    }
    findings.passes(() -> PolyglotCheck.check(folder.resolve(path), path));
  }
}
