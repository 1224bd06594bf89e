package dev.palimpsest.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * A file that a manifest covers.
 *
 * @param root the checkpoint's folder
 * @param path where it is, maybe a link inside the checkpoint
 * @param components the parts of its path inside the checkpoint
 * @param size its bytes
 */
record ManifestFile(Path root, Path path, List<String> components, long size)
    implements Comparable<ManifestFile> {
  private static final Set<String> IGNORED_AT_TOP =
      Set.of(".git", ".gitattributes", ".github", ".gitignore", Manifest.SIGNATURE);
  private static final int MAX_FILES = 100_000;
  private static final int MAX_DEPTH = 32;

  /** Lists a folder's files, or the file itself with its parts, in the order of the manifest. */
  static List<ManifestFile> list(Path root) {
    List<ManifestFile> files = new ArrayList<>();
    if (Files.isDirectory(root)) {
      for (Path entry : CheckpointLocation.list(root)) {
        String name = CheckpointLocation.nameOf(entry);
        if (!IGNORED_AT_TOP.contains(name)) {
          collect(root, entry, List.of(name), files);
        }
      }
    } else {
      for (Path part : GgufParts.present(root)) {
        collect(root.getParent(), part, List.of(CheckpointLocation.nameOf(part)), files);
      }
    }
    files.sort(null);
    return files;
  }

  private static void collect(
      Path root, Path path, List<String> components, List<ManifestFile> files) {
    String name = String.join("/", components);
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      if (components.size() > MAX_DEPTH) {
        throw new CheckpointException(name, "is nested too deeply; move it out of the checkpoint");
      }
      for (Path entry : CheckpointLocation.list(path)) {
        List<String> deeper = new ArrayList<>(components);
        deeper.add(CheckpointLocation.nameOf(entry));
        collect(root, entry, deeper, files);
      }
      return;
    }
    Path file = ModelFile.regular(root, path, name);
    if (files.size() == MAX_FILES) {
      throw new CheckpointException(name, "is one file too many; a checkpoint has at most 100000");
    }
    files.add(new ManifestFile(root, path, components, size(file, name)));
  }

  private static long size(Path path, String name) {
    try {
      return Files.size(path);
    } catch (IOException e) {
      throw ModelFile.unreadable(name, e);
    }
  }

  /** Returns the path inside the checkpoint with slashes. */
  String name() {
    return String.join("/", components);
  }

  @Override
  public int compareTo(ManifestFile other) {
    return compare(components, other.components);
  }

  /** Compares two paths part by part, by code points. */
  static int compare(List<String> one, List<String> other) {
    int common = Math.min(one.size(), other.size());
    for (int i = 0; i < common; i++) {
      int order = Arrays.compare(points(one.get(i)), points(other.get(i)));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(one.size(), other.size());
  }

  private static int[] points(String text) {
    return text.codePoints().toArray();
  }
}
