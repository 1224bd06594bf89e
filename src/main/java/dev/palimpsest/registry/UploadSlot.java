package dev.palimpsest.registry;

import dev.palimpsest.registry.RegistryException.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The one place that writes a part file. At most one writer is current; an older one learns at its
 * next write that it was replaced, so a connection that hangs never blocks the one that follows.
 */
final class UploadSlot {
  private static final long COMMIT_EVERY = 16L << 20;
  private static final long COMMIT_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final UploadStore store;
  private final ReentrantLock lock = new ReentrantLock();

  /** The current writer, or null. */
  private UploadWriter current;

  private FileChannel channel;
  private Upload upload;
  private long written;
  private long committed;
  private long lastProgress;
  private long lastCommit;

  UploadSlot(UploadStore store) {
    this.store = store;
  }

  Upload settle(Supplier<Upload> row) {
    lock.lock();
    try {
      if (current != null && !isAtWork()) {
        replaceWriter();
      }
      return row.get();
    } finally {
      lock.unlock();
    }
  }

  void exclusively(Runnable action) {
    lock.lock();
    try {
      replaceWriter();
      action.run();
    } finally {
      lock.unlock();
    }
  }

  UploadWriter open(Supplier<Upload> row, long offset, boolean whole) {
    lock.lock();
    try {
      if (current != null && isAtWork()) {
        throw new RegistryException(
            Reason.LOCKED, "Another connection is sending this file; wait a moment and try again.");
      }
      replaceWriter();
      Upload found = row.get();
      begin(found, offset);
      current = new UploadWriter(this, found, whole);
      return current;
    } finally {
      lock.unlock();
    }
  }

  private boolean isAtWork() {
    return System.nanoTime() - lastProgress < store.patience().toNanos();
  }

  private void begin(Upload found, long offset) {
    if (offset != found.received()) {
      throw new RegistryException(
          Reason.CONFLICT,
          "The offset is " + found.received() + ", not " + offset + "; go on from there.");
    }
    try {
      Path part = store.part(found);
      Files.createDirectories(part.getParent());
      channel =
          FileChannel.open(
              part, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      long size = channel.size();
      if (size < offset) {
        // The disk kept less than the row says: somebody cut the file. What is there counts.
        store.commit(found.id(), size);
        close();
        throw new RegistryException(
            Reason.CONFLICT, "The offset is " + size + "; go on from there.");
      }
      channel.truncate(offset);
      channel.position(offset);
    } catch (IOException failure) {
      close();
      throw new UncheckedIOException(failure);
    }
    upload = found;
    written = offset;
    committed = offset;
    lastProgress = System.nanoTime();
    lastCommit = lastProgress;
  }

  void write(UploadWriter writer, ByteBuffer bytes) {
    lock.lock();
    try {
      requireCurrent(writer);
      store.space().require(bytes.remaining());
      while (bytes.hasRemaining()) {
        written += channel.write(bytes);
      }
      lastProgress = System.nanoTime();
      if (!writer.countsWhole() && isCommitDue()) {
        commit();
      }
    } catch (IOException failure) {
      throw fullDiskOr(failure);
    } finally {
      lock.unlock();
    }
  }

  private boolean isCommitDue() {
    return written - committed >= COMMIT_EVERY || lastProgress - lastCommit >= COMMIT_EVERY_NANOS;
  }

  /** Ends writing; what was written counts. */
  long finish(UploadWriter writer) {
    lock.lock();
    try {
      requireCurrent(writer);
      commit();
      close();
      return written;
    } finally {
      lock.unlock();
    }
  }

  /** Ends writing at an older offset; what was written after it does not count. */
  void rollBack(UploadWriter writer) {
    lock.lock();
    try {
      if (writer == current) {
        cutTo(writer.start());
        commit();
        close();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ends writing because the sender or the disk failed; what can count counts. */
  void abandon(UploadWriter writer) {
    lock.lock();
    try {
      if (writer == current) {
        replaceWriter();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Returns the first bytes of the file. */
  byte[] head(UploadWriter writer, int count) {
    lock.lock();
    try {
      requireCurrent(writer);
      ByteBuffer head = ByteBuffer.allocate((int) Math.min(count, written));
      int read = 0;
      while (read >= 0 && head.hasRemaining()) {
        read = channel.read(head, head.position());
      }
      return head.array();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } finally {
      lock.unlock();
    }
  }

  private void requireCurrent(UploadWriter writer) {
    if (writer != current) {
      throw new RegistryException(
          Reason.LOCKED, "A newer connection took this upload over; ask for the offset again.");
    }
  }

  private void replaceWriter() {
    if (current == null) {
      return;
    }
    try {
      if (current.countsWhole()) {
        cutTo(current.start());
      }
      commit();
    } finally {
      close();
    }
  }

  private void cutTo(long offset) {
    try {
      channel.truncate(offset);
      written = offset;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void commit() {
    try {
      // A write that failed half-way may have left bytes that were never counted.
      channel.truncate(written);
      channel.force(true);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    store.commit(upload.id(), written);
    committed = written;
    lastCommit = System.nanoTime();
  }

  private void close() {
    current = null;
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } finally {
      channel = null;
    }
  }

  private static RuntimeException fullDiskOr(IOException failure) {
    String message = String.valueOf(failure.getMessage());
    if (message.contains("No space left") || message.contains("quota")) {
      return new RegistryException(Reason.NO_SPACE, FreeSpace.FULL);
    }
    return new UncheckedIOException(failure);
  }
}
