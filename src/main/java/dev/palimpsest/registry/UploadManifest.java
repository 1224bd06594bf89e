package dev.palimpsest.registry;

import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.inspection.UnreadFile;
import dev.palimpsest.registry.RegistryException.Reason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The files of an upload, judged before the first byte is sent.
 *
 * @param files what is kept, with paths relative to the checkpoint's folder
 * @param sources the sender's path of each kept file, in the same order
 * @param leftOut the sender's paths of what is not needed
 */
record UploadManifest(List<ManifestEntry> files, List<String> sources, List<String> leftOut) {
  static final int MAX_FILES = 2_000;
  private static final String HOLDS_NONE =
      "holds no checkpoint; it needs config.json and *.safetensors files";

  UploadManifest {
    files = List.copyOf(files);
    sources = List.copyOf(sources);
    leftOut = List.copyOf(leftOut);
  }

  /**
   * Judges what a sender wants to upload; fails at the first thing that is wrong, in the words that
   * an inspection of the same files has for it.
   *
   * @param name of the checkpoint, for sentences about files that have no folder
   */
  static UploadManifest of(String name, List<ManifestEntry> entries) {
    if (entries.isEmpty()) {
      throw new CheckpointException(
          name, "is an empty folder; put config.json and *.safetensors files there");
    }
    if (entries.size() > MAX_FILES) {
      throw new RegistryException(
          Reason.TOO_LARGE,
          "The upload has "
              + entries.size()
              + " files; a checkpoint has at most "
              + MAX_FILES
              + ". Choose the folder of one checkpoint.");
    }
    List<ManifestEntry> kept = new ArrayList<>();
    List<String> leftOut = new ArrayList<>();
    for (ManifestEntry entry : entries) {
      FileNames.check(entry.path());
      if (FileTypes.isKept(entry.path())) {
        checkSize(entry);
        kept.add(entry.withSha256(entry.sha256().map(ExpectedSums::one)));
      } else {
        leftOut.add(entry.path());
      }
    }
    refuseOtherWeights(kept, leftOut);
    if (kept.isEmpty()) {
      throw noCheckpoint(name, leftOut);
    }
    List<ManifestEntry> files = withoutCommonFolder(kept);
    refuseTwins(files);
    refuseFilesThatAreFolders(files);
    return new UploadManifest(files, kept.stream().map(ManifestEntry::path).toList(), leftOut);
  }

  /** Returns the sum of the sizes. */
  long bytes() {
    return files.stream().mapToLong(ManifestEntry::size).sum();
  }

  private static void refuseOtherWeights(List<ManifestEntry> kept, List<String> leftOut) {
    if (kept.stream().anyMatch(entry -> FileTypes.isWeights(entry.path()))) {
      return;
    }
    for (String path : leftOut) {
      String name = path.substring(path.lastIndexOf('/') + 1);
      UnreadFile.refusal(name)
          .ifPresent(
              why -> {
                throw new CheckpointException(FileNames.printable(name), why);
              });
    }
  }

  private static CheckpointException noCheckpoint(String name, List<String> leftOut) {
    String first = leftOut.get(0);
    if (first.indexOf('/') < 0) {
      return leftOut.size() == 1
          ? new CheckpointException(
              FileNames.printable(first),
              "is no checkpoint; give a folder with config.json and safetensors, or a .gguf file")
          : new CheckpointException(name, HOLDS_NONE);
    }
    String folder = first.substring(0, first.indexOf('/'));
    return new CheckpointException(FileNames.printable(folder), HOLDS_NONE);
  }

  private static void checkSize(ManifestEntry entry) {
    if (entry.size() < 0 || entry.size() > UploadStore.MAX_LENGTH) {
      throw new CheckpointException(
          FileNames.printable(entry.path()),
          "The size " + entry.size() + " is not possible; give the file's size in bytes.");
    }
  }

  /** A chosen folder's name is in front of every path; the checkpoint is what is inside. */
  private static List<ManifestEntry> withoutCommonFolder(List<ManifestEntry> entries) {
    String first = entries.get(0).path();
    int slash = first.indexOf('/');
    String folder = first.substring(0, slash + 1);
    if (slash < 0 || !entries.stream().allMatch(entry -> entry.path().startsWith(folder))) {
      return entries;
    }
    return withoutCommonFolder(
        entries.stream().map(entry -> entry.withPath(entry.path().substring(slash + 1))).toList());
  }

  /** No disk holds a file and a folder of the same name side by side. */
  private static void refuseFilesThatAreFolders(List<ManifestEntry> files) {
    Map<String, String> names = new HashMap<>();
    files.forEach(file -> names.put(FileNames.twinKey(file.path()), file.path()));
    for (ManifestEntry file : files) {
      String path = FileNames.twinKey(file.path());
      for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
        String twin = names.get(path.substring(0, slash));
        if (twin != null) {
          throw new CheckpointException(
              FileNames.printable(file.path()),
              "It lies in a folder that is a file in the same list, '"
                  + FileNames.printable(twin)
                  + "'; rename or remove one.");
        }
      }
    }
  }

  private static void refuseTwins(List<ManifestEntry> files) {
    Map<String, String> seen = new HashMap<>();
    for (ManifestEntry file : files) {
      String twin = seen.put(FileNames.twinKey(file.path()), file.path());
      if (twin != null) {
        throw new CheckpointException(
            FileNames.printable(file.path()),
            "Some systems take it for the same file as '" + twin + "'; rename or remove one.");
      }
    }
  }
}
