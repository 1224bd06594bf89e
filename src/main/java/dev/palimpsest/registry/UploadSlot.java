package dev.palimpsest.registry;

import dev.palimpsest.registry.RegistryException.Reason;
import dev.palimpsest.storage.StorageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place that writes a part file. At most one writer is current; an older one learns at its
 * next write that it was replaced, so a connection that hangs never blocks the one that follows.
 */
final class UploadSlot {
  private static final Logger LOG = LoggerFactory.getLogger(UploadSlot.class);

  private static final long COMMIT_EVERY = 64L << 20;
  private static final long COMMIT_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final UploadStore store;
  private final ReentrantLock lock = new ReentrantLock();

  /** The current writer, or null. */
  private UploadWriter current;

  private PartFile file;
  private Upload upload;
  private long committed;

  /** Whether another thread is about to commit. */
  private boolean committing;

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
      file = PartFile.open(store.part(found));
      long size = file.size();
      if (size < offset) {
        // The disk kept less than the row says: somebody cut the file. What is there counts.
        store.commit(found.id(), size);
        close();
        throw new RegistryException(
            Reason.CONFLICT, "The offset is " + size + "; go on from there.");
      }
      file.goOnAt(offset);
    } catch (IOException failure) {
      close();
      throw unwritable(failure);
    }
    upload = found;
    committed = offset;
    committing = false;
    lastProgress = System.nanoTime();
    lastCommit = lastProgress;
  }

  void write(UploadWriter writer, ByteBuffer bytes) {
    lock.lock();
    try {
      requireCurrent(writer);
      store.space().require(bytes.remaining());
      file.write(bytes);
      lastProgress = System.nanoTime();
      if (!writer.countsWhole() && isCommitDue()) {
        commitBeside();
      }
    } catch (IOException failure) {
      throw unwritable(failure);
    } finally {
      lock.unlock();
    }
  }

  private boolean isCommitDue() {
    return !committing
        && (file.written() - committed >= COMMIT_EVERY
            || lastProgress - lastCommit >= COMMIT_EVERY_NANOS);
  }

  /** The disk is waited for by another thread, so that the sender goes on meanwhile. */
  private void commitBeside() {
    committing = true;
    PartFile forced = file;
    long offset = file.written();
    store.beside(
        () -> {
          try {
            forced.force();
            count(forced, offset);
          } catch (IOException | StorageException failure) {
            // The sender is told: the next write fails by it, or the end of the turn does.
            LOG.info("what was received of an upload does not count yet: {}", failure.getMessage());
          }
        });
  }

  private void count(PartFile forced, long offset) {
    lock.lock();
    try {
      if (forced == file) {
        committing = false;
        count(offset);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ends writing; what was written counts. */
  long finish(UploadWriter writer) {
    lock.lock();
    try {
      requireCurrent(writer);
      commit();
      long now = file.written();
      close();
      return now;
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
      return file.head(count);
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
      file.goOnAt(offset);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void commit() {
    try {
      file.settle();
    } catch (IOException failure) {
      throw unwritable(failure);
    }
    count(file.written());
  }

  private void count(long offset) {
    store.commit(upload.id(), offset);
    committed = offset;
    lastCommit = System.nanoTime();
  }

  private void close() {
    current = null;
    try {
      if (file != null) {
        file.close();
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } finally {
      file = null;
    }
  }

  /** What stands in the way of writing is for the operator; the sender waits until it is gone. */
  private static RegistryException unwritable(IOException failure) {
    String message = String.valueOf(failure.getMessage());
    if (message.contains("No space left") || message.contains("quota")) {
      return new RegistryException(Reason.NO_SPACE, FreeSpace.FULL);
    }
    LOG.warn("an upload cannot be written: {}", failure.toString());
    return new RegistryException(Reason.NO_SPACE, FreeSpace.UNWRITABLE);
  }
}
