package dev.palimpsest.checkpoint.registry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Puts the parts of a finished upload into place: every part is renamed to its path in a staging
 * folder, then the folder is renamed. A crash between any two steps leaves something that the same
 * call finishes.
 */
final class Assembly {
  private final Path uploads;
  private final Path checkpoints;

  Assembly(Path dataDir) {
    this.uploads = dataDir.resolve("uploads");
    this.checkpoints = dataDir.resolve("checkpoints");
  }

  Path uploads() {
    return uploads;
  }

  /** Returns where a checkpoint's folder will be. */
  Path place(String checkpointId) {
    return checkpoints.resolve(checkpointId);
  }

  /**
   * Moves the parts into place and returns what is to be opened: the folder, or a lone GGUF file.
   */
  Path assemble(String checkpointId, List<Upload> files) {
    Path place = place(checkpointId);
    try {
      if (!Files.exists(place)) {
        Path parts = uploads.resolve(checkpointId);
        Path staging = parts.resolve("files");
        for (Upload file : files) {
          moveInto(parts.resolve(file.id() + ".part"), staging.resolve(file.path()), file);
        }
        Files.createDirectories(checkpoints);
        Files.move(staging, place, StandardCopyOption.ATOMIC_MOVE);
        force(checkpoints);
      }
      discard(checkpointId);
      return opened(place, files);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Deletes what is left of an upload. */
  void discard(String checkpointId) {
    deleteTree(uploads.resolve(checkpointId));
  }

  /** Deletes a checkpoint's files. */
  void remove(String checkpointId) {
    discard(checkpointId);
    deleteTree(place(checkpointId));
  }

  private static void moveInto(Path part, Path target, Upload file) throws IOException {
    Files.createDirectories(target.getParent());
    if (Files.exists(part)) {
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    } else if (!Files.exists(target) && file.length() == 0) {
      Files.createFile(target);
    }
    if (Files.size(target) != file.length()) {
      throw new IOException("a file has not the length that was received");
    }
  }

  private static Path opened(Path place, List<Upload> files) {
    if (files.size() == 1 && files.get(0).path().endsWith(".gguf")) {
      return place.resolve(files.get(0).path());
    }
    return place;
  }

  /** A rename is durable when the folder is; not every system lets a folder be opened. */
  private static void force(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException notSupported) {
      // The rename itself happened; only its durability before a power cut is not proven.
      return;
    }
  }

  private static void deleteTree(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
