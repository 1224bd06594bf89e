package dev.palimpsest.checkpoint;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * Follows symbolic links inside a checkpoint, and none that leads out of it.
 *
 * <p>A checkpoint's own folder is where its links may lead; for a snapshot of the Hugging Face
 * cache it is the repository's folder, which holds its blobs.
 */
final class LinkedFile {
  private LinkedFile() {}

  /**
   * Returns the file that a path of a checkpoint stands for.
   *
   * @param root the checkpoint's folder
   * @throws CheckpointException if there is no plain file there, or a link leads out of the root
   */
  static Path target(Path root, Path path, String name) {
    requirePlainFolders(root, path);
    if (!Files.isSymbolicLink(path)) {
      return path;
    }
    Path allowed = allowed(root);
    Path target = follow(path, name);
    if (!target.startsWith(allowed)) {
      throw new CheckpointException(
          name,
          "is a symbolic link that leads out of %s, which is not followed; put the file itself there (cp -L)"
              .formatted(Printable.text(CheckpointLocation.nameOf(allowed))));
    }
    if (Files.isDirectory(target)) {
      throw linkedFolder(name);
    }
    return target;
  }

  /** A file below a folder that is a link is no more followed than the link. */
  private static void requirePlainFolders(Path root, Path path) {
    Path folder = path.getParent();
    while (folder != null && !folder.equals(root)) {
      if (Files.isSymbolicLink(folder)) {
        throw linkedFolder(CheckpointLocation.nameOf(folder));
      }
      folder = folder.getParent();
    }
  }

  private static CheckpointException linkedFolder(String name) {
    return new CheckpointException(
        name, "is a symbolic link to a folder, which is not followed; put the folder there");
  }

  /** Opens a file that {@link #target} returned, even if folders are exchanged meanwhile. */
  static FileChannel open(Path root, Path path, Path target) throws IOException {
    return target.equals(path)
        ? FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)
        : descend(allowed(root), target);
  }

  private static Path allowed(Path root) {
    try {
      Path real = root.toRealPath();
      return HubCache.repositoryOf(real).orElse(real);
    } catch (IOException e) {
      throw ModelFile.unreadable(CheckpointLocation.nameOf(root), e);
    }
  }

  private static Path follow(Path link, String name) {
    try {
      return link.toRealPath();
    } catch (NoSuchFileException e) {
      String reason =
          HubCache.completion(link.toAbsolutePath())
              .orElse("put the file itself there, or take the link away");
      throw new CheckpointException(
          name, "is a symbolic link to a file that is not there; " + reason);
    } catch (IOException e) {
      throw new CheckpointException(
          name, "is a symbolic link that cannot be followed; put the file itself there (cp -L)");
    }
  }

  /** Opens each folder on the way in the one before, so that none is a link by then. */
  private static FileChannel descend(Path root, Path target) throws IOException {
    try (DirectoryStream<Path> folder = Files.newDirectoryStream(root)) {
      if (folder instanceof SecureDirectoryStream<Path> secure) {
        return descend(secure, root.relativize(target));
      }
    }
    // not every system opens files by their folder; the file itself is no link even so
    return FileChannel.open(target, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
  }

  private static FileChannel descend(SecureDirectoryStream<Path> folder, Path way)
      throws IOException {
    Path first = way.getName(0);
    if (way.getNameCount() > 1) {
      try (SecureDirectoryStream<Path> next =
          folder.newDirectoryStream(first, LinkOption.NOFOLLOW_LINKS)) {
        return descend(next, way.subpath(1, way.getNameCount()));
      }
    }
    SeekableByteChannel channel =
        folder.newByteChannel(first, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
    if (channel instanceof FileChannel file) {
      return file;
    }
    channel.close();
    throw new IOException("it is no plain file");
  }
}
