package dev.palimpsest.registry;

import dev.palimpsest.registry.RegistryException.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The bytes of uploads under way: one part file each, and a row that says how many of its bytes
 * count.
 *
 * <p>The row is written after the file was forced to disk, so an offset that was ever told survives
 * a power cut; what lies in the file beyond it is cut off when writing goes on. The end of each
 * turn waits for the disk; within a turn it is waited for beside the sender.
 */
public final class UploadStore implements AutoCloseable {
  /** The longest file, 1 TiB. */
  public static final long MAX_LENGTH = 1L << 40;

  private final UploadRows rows;
  private final Path folder;
  private final FreeSpace space;
  private final UploadTimes times;
  private final Clock clock;
  private final ConcurrentMap<String, UploadSlot> slots = new ConcurrentHashMap<>();
  private final ExecutorService beside =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread thread = new Thread(work, "upload-commits");
            thread.setDaemon(true);
            return thread;
          });

  UploadStore(UploadRows rows, Path folder, FreeSpace space, UploadTimes times, Clock clock) {
    this.rows = rows;
    this.folder = folder;
    this.space = space;
    this.times = times;
    this.clock = clock;
  }

  /** Returns the files of a checkpoint. */
  public List<Upload> of(String checkpointId) {
    return rows.of(checkpointId);
  }

  /**
   * Returns an upload with the offset to go on from. A writer whose connection is silent gives way,
   * because who asks for the offset is about to send; one that goes on is not disturbed.
   */
  public Upload settled(String id) {
    return slot(id).settle(() -> alive(id));
  }

  /** Returns an upload as it was last committed, without disturbing a writer. */
  public Upload peek(String id) {
    return alive(id);
  }

  /**
   * Opens an upload for writing.
   *
   * @param id of the upload
   * @param offset where the sender wants to go on; must be what is there
   * @param whole true if the bytes count only when all of them were accepted, because a checksum is
   *     still to be compared
   */
  public UploadWriter open(String id, long offset, boolean whole) {
    return slot(id).open(() -> alive(id), offset, whole);
  }

  /** Throws away what was received; the URL is gone, and the file can be begun anew. */
  public void terminate(String id) {
    slot(id)
        .exclusively(
            () -> {
              Upload upload = alive(id);
              delete(part(upload));
              rows.restart(id, Ids.upload(), upload.modified());
            });
    slots.remove(id);
  }

  /**
   * Returns the upload of a declared file for a sender who begins it.
   *
   * @param modified the file's time as the sender knows it, or 0
   */
  public Upload begin(String checkpointId, String path, long length, long modified) {
    Upload upload =
        rows.find(checkpointId, path)
            .orElseThrow(
                () ->
                    new RegistryException(
                        Reason.NOT_FOUND,
                        "No such file was declared for this checkpoint; send the list of files"
                            + " first."));
    if (upload.length() != length) {
      throw new RegistryException(
          Reason.CONFLICT,
          "The file was declared with "
              + upload.length()
              + " bytes and is now "
              + length
              + "; begin a new upload.");
    }
    if (upload.received() > 0) {
      throw new RegistryException(
          Reason.CONFLICT,
          "A part of this file is here already; ask for its offset and go on, or delete it.");
    }
    if (modified != upload.modified() && modified != 0) {
      rows.restart(upload.id(), Ids.upload(), modified);
      return begin(checkpointId, path, length, modified);
    }
    return upload;
  }

  Path part(Upload upload) {
    return folder.resolve(upload.checkpointId()).resolve(upload.id() + ".part");
  }

  void commit(String id, long bytes) {
    rows.received(id, bytes, nextExpiry());
  }

  Instant nextExpiry() {
    return clock.instant().plus(times.kept());
  }

  /** Ends every connection that writes one of these files, which nobody can open any more. */
  void end(List<Upload> files) {
    for (Upload file : files) {
      UploadSlot slot = slots.remove(file.id());
      if (slot != null) {
        slot.exclusively(() -> {});
      }
    }
  }

  /** Returns the room that is promised to senders who are at work. */
  long reserved() {
    return rows.outstanding(clock.instant().plus(times.kept()).minus(times.reserved()));
  }

  /** Returns the checkpoints whose upload nobody continued in time. */
  List<String> expired() {
    return rows.expired(clock.instant());
  }

  /** Runs what waits for the disk and need not be waited for. */
  void beside(Runnable work) {
    beside.execute(work);
  }

  /** Takes no more work; what has begun goes on. */
  @Override
  public void close() {
    beside.shutdown();
  }

  Duration patience() {
    return times.patience();
  }

  FreeSpace space() {
    return space;
  }

  private UploadSlot slot(String id) {
    // Made only for uploads that exist, so that guessing ids does not fill the memory.
    UploadSlot slot = slots.get(id);
    if (slot != null) {
      return slot;
    }
    alive(id);
    return slots.computeIfAbsent(id, key -> new UploadSlot(this));
  }

  private Upload alive(String id) {
    Upload upload =
        rows.find(id)
            .orElseThrow(
                () ->
                    new RegistryException(
                        Reason.NOT_FOUND, "There is no such upload; begin it again."));
    if (!upload.isComplete() && upload.expiresAt().isBefore(clock.instant())) {
      throw new RegistryException(
          Reason.GONE, "This upload was not continued in time and is gone; begin it again.");
    }
    return upload;
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
