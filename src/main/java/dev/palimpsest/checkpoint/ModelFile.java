package dev.palimpsest.checkpoint;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** One open file of a checkpoint; its failures name it as the user knows it. */
public final class ModelFile implements Closeable {
  private final String name;
  private final FileChannel channel;
  private final long size;

  /** The bytes from the beginning that can be read; of a file that is on its way not all. */
  private final long arrived;

  private ModelFile(String name, FileChannel channel, long size, long arrived) {
    this.name = name;
    this.channel = channel;
    this.size = size;
    this.arrived = arrived;
  }

  /** Says that what is asked for lies behind the bytes that have arrived; tells nothing bad. */
  public static final class NotArrivedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private NotArrivedException() {
      super("the bytes have not arrived", null, false, false);
    }
  }

  /**
   * Opens a file of which only the beginning has arrived; reading behind it fails with {@link
   * NotArrivedException}.
   *
   * @param path a file that is as long as it will be
   */
  public static ModelFile beginning(Path path, String name, long arrived) {
    try {
      FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
      return new ModelFile(name, channel, channel.size(), arrived);
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  /**
   * Opens a regular file; a symbolic link is followed inside its folder, and inside the repository
   * of the Hugging Face cache that it lies in.
   *
   * @param name how failures call the file
   */
  public static ModelFile open(Path path, String name) {
    Path absolute = path.toAbsolutePath();
    return open(absolute.getParent(), absolute, name);
  }

  /**
   * Opens a regular file of a checkpoint; a symbolic link is followed as by {@link #open(Path,
   * String)}.
   *
   * @param folder the checkpoint's
   * @param name the path in it with slashes, by which failures call the file
   */
  public static ModelFile in(Path folder, String name) {
    return open(folder, folder.resolve(name), name);
  }

  /** Tells whether a folder holds such a file, or a link that may stand for one. */
  public static boolean isIn(Path folder, String name) {
    Path file = folder.resolve(name);
    return Files.isSymbolicLink(file) || Files.isRegularFile(file);
  }

  /**
   * Opens a regular file; a symbolic link is followed inside the checkpoint.
   *
   * @param root the checkpoint's folder
   * @param name how failures call the file
   */
  static ModelFile open(Path root, Path path, String name) {
    Path target = regular(root, path, name);
    try {
      FileChannel channel = LinkedFile.open(root, path, target);
      long size = channel.size();
      return new ModelFile(name, channel, size, size);
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  /** Returns the regular file that a path stands for. */
  static Path regular(Path root, Path link, String name) {
    Path path = LinkedFile.target(root, link, name);
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      String advice =
          HubCache.completion(path.toAbsolutePath().normalize())
              .orElse("fetch it from where the other files came from");
      throw new CheckpointException(name, "is missing; " + advice);
    }
    if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
      throw new CheckpointException(name, "is not a regular file");
    }
    return path;
  }

  /** Returns the failure for a file that the system does not let be read. */
  public static CheckpointException unreadable(String name, IOException cause) {
    if (cause instanceof NoSuchFileException) {
      return new CheckpointException(
          name, "is missing; fetch it from where the other files came from");
    }
    if (cause instanceof AccessDeniedException) {
      return new CheckpointException(name, "may not be read; give this user read permission");
    }
    return new CheckpointException(name, "cannot be read (" + cause.getMessage() + ")");
  }

  /** Returns how failures call the file. */
  public String name() {
    return name;
  }

  /** Returns the bytes that it had when it was opened. */
  public long size() {
    return size;
  }

  /** Returns the bytes from the beginning that can be read, all of them unless it is on its way. */
  public long arrived() {
    return arrived;
  }

  /** Returns up to {@code length} bytes from the start of the file. */
  public byte[] head(int length) {
    byte[] head = new byte[(int) Math.min(length, arrived)];
    read(0, head, head.length);
    return head;
  }

  /**
   * Returns all bytes.
   *
   * @throws CheckpointException if there are more than {@code most}, which is below 2^31
   */
  public byte[] all(long most) {
    if (size > most) {
      throw new CheckpointException(
          name, "has %,d bytes, more than the %,d accepted".formatted(size, most));
    }
    return head((int) size);
  }

  /** Reads exactly {@code length} bytes from {@code position} on. */
  public void read(long position, byte[] target, int length) {
    if (arrived < size && position + length > arrived) {
      throw new NotArrivedException();
    }
    ByteBuffer buffer = ByteBuffer.wrap(target, 0, length);
    try {
      while (buffer.hasRemaining()) {
        if (channel.read(buffer, position + buffer.position()) < 0) {
          throw new CheckpointException(name, "became shorter while it was read");
        }
      }
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  /** Maps {@code length} bytes from {@code position} on, at most 2^31 - 1. */
  public ByteBuffer map(long position, long length) {
    try {
      return channel
          .map(FileChannel.MapMode.READ_ONLY, position, length)
          .order(ByteOrder.LITTLE_ENDIAN);
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
