package dev.palimpsest.registry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Puts the parts of a finished upload into place: every part is renamed to its path in a staging
 * folder, then the folder is renamed. A crash between any two steps leaves something that the same
 * call finishes.
 *
 * <p>A checkpoint's files lie in {@code checkpoints/ID/NAME}: sentences about files call a
 * checkpoint by its folder, and adapters name their base.
 */
final class Assembly {
  private static final Pattern FOREIGN = Pattern.compile("[^A-Za-z0-9._-]+");
  private static final Pattern EDGES = Pattern.compile("^[.-]+|[.-]+$");

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
  Path place(String checkpointId, String name) {
    return own(checkpointId).resolve(folderName(name));
  }

  /** Tells whether a checkpoint's files are in place. */
  boolean holds(String checkpointId) {
    return Files.exists(own(checkpointId));
  }

  private Path own(String checkpointId) {
    return checkpoints.resolve(checkpointId);
  }

  private static String folderName(String name) {
    String plain = FOREIGN.matcher(name).replaceAll("-");
    String trimmed = EDGES.matcher(plain).replaceAll("");
    return trimmed.isEmpty() ? "checkpoint" : trimmed;
  }

  /**
   * Moves the parts into place and returns what is to be opened: the folder, or a lone GGUF file.
   */
  Path assemble(String checkpointId, String name, List<Upload> files) {
    Path own = own(checkpointId);
    try {
      if (!Files.exists(own)) {
        Path parts = uploads.resolve(checkpointId);
        Path staging = parts.resolve("files");
        Path folder = staging.resolve(folderName(name));
        for (Upload file : files) {
          moveInto(parts.resolve(file.id() + ".part"), folder.resolve(file.path()), file);
        }
        Files.createDirectories(checkpoints);
        Files.move(staging, own, StandardCopyOption.ATOMIC_MOVE);
        force(checkpoints);
      }
      discard(checkpointId);
      return opened(place(checkpointId, name), files);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Returns where the bytes of a file under way lie, if they have not been moved into place. */
  Optional<Path> part(Upload file) {
    Path part = uploads.resolve(file.checkpointId()).resolve(file.id() + ".part");
    return Files.exists(part) ? Optional.of(part) : Optional.empty();
  }

  /**
   * Lets a file lie on the disk once that has the same content as another checkpoint's: both paths
   * lead to one content, which goes when the last of them does. Both are compared byte by byte, as
   * the other one may have been damaged since it was read.
   *
   * @return whether that was done
   */
  boolean share(String checkpointId, Path file, Path twin) {
    // Beside the checkpoint's folder, so that a crash leaves no file in it.
    Path link = own(checkpointId).resolve("link");
    try {
      if (Files.isSameFile(file, twin) || Files.mismatch(file, twin) >= 0) {
        return false;
      }
      Files.deleteIfExists(link);
      Files.createLink(link, twin);
      Files.move(link, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return true;
    } catch (IOException | UnsupportedOperationException notHere) {
      // Not every disk can; the file stays as it is, twice.
      return false;
    }
  }

  /** Deletes what is left of an upload. */
  void discard(String checkpointId) {
    deleteTree(uploads.resolve(checkpointId));
  }

  /** Deletes a checkpoint's files. */
  void remove(String checkpointId) {
    discard(checkpointId);
    deleteTree(own(checkpointId));
  }

  /** Returns the bytes that a checkpoint's files take, sent so far or in place. */
  long size(String checkpointId) {
    return sizeOf(uploads.resolve(checkpointId)) + sizeOf(own(checkpointId));
  }

  /**
   * Deletes what lies here of checkpoints that are not known: a crash cut their removal off.
   *
   * @param known is asked after the folders were read, as another process may be adding some
   */
  void sweep(Supplier<Set<String>> known) {
    List<Path> folders =
        Stream.of(uploads, checkpoints).flatMap(room -> folders(room).stream()).toList();
    Set<String> ids = known.get();
    for (Path folder : folders) {
      if (!ids.contains(folder.getFileName().toString())) {
        deleteTree(folder);
      }
    }
  }

  private static List<Path> folders(Path room) {
    if (!Files.isDirectory(room)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(room)) {
      return folders.toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static long sizeOf(Path folder) {
    if (!Files.exists(folder)) {
      return 0;
    }
    try (Stream<Path> tree = Files.walk(folder)) {
      return tree.filter(Files::isRegularFile).mapToLong(Assembly::ownBytes).sum();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** What another checkpoint shares does not come back when one of them goes. */
  private static long ownBytes(Path file) {
    try {
      Object links = Files.getAttribute(file, "unix:nlink");
      return links instanceof Integer count && count > 1 ? 0 : Files.size(file);
    } catch (UnsupportedOperationException | IllegalArgumentException notUnix) {
      return file.toFile().length();
    } catch (IOException gone) {
      return 0;
    }
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
