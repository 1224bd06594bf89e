package dev.palimpsest.registry;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What was received of one file, as it lies on disk. One thread at a time writes; {@link #force}
 * may be called beside it.
 */
final class PartFile implements Closeable {
  private final FileChannel channel;
  private long written;

  /** Why the disk did not keep what was written; the system says so once, to whoever asks first. */
  private volatile IOException lost;

  private PartFile(FileChannel channel) {
    this.channel = channel;
  }

  static PartFile open(Path path) throws IOException {
    Files.createDirectories(path.getParent());
    return new PartFile(
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
  }

  /** Returns the bytes on disk, counted or not. */
  long size() throws IOException {
    return channel.size();
  }

  /** Returns where the next byte goes. */
  long written() {
    return written;
  }

  /** Goes on at an offset; what lies behind it is cut off. */
  void goOnAt(long offset) throws IOException {
    channel.truncate(offset);
    channel.position(offset);
    written = offset;
  }

  void write(ByteBuffer bytes) throws IOException {
    requireKept();
    while (bytes.hasRemaining()) {
      written += channel.write(bytes);
    }
  }

  /** Returns the first bytes, as many as asked for or as there are. */
  byte[] head(int count) throws IOException {
    ByteBuffer head = ByteBuffer.allocate((int) Math.min(count, written));
    int read = 0;
    while (read >= 0 && head.hasRemaining()) {
      read = channel.read(head, head.position());
    }
    return head.array();
  }

  /** Cuts off what a write that failed half-way left, and waits until the rest is on disk. */
  void settle() throws IOException {
    channel.truncate(written);
    force();
  }

  /** Waits until everything written so far is on disk. */
  void force() throws IOException {
    requireKept();
    try {
      channel.force(false);
    } catch (ClosedChannelException closed) {
      throw closed;
    } catch (IOException failure) {
      lost = failure;
      throw failure;
    }
    requireKept();
  }

  private void requireKept() throws IOException {
    IOException failure = lost;
    if (failure != null) {
      throw new IOException("the disk did not keep what was written", failure);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
