package dev.palimpsest.registry;

import dev.palimpsest.registry.RegistryException.Reason;
import java.io.File;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * The room on the data folder's disk. A reserve is kept free, because a database that cannot write
 * loses more than an upload that cannot go on.
 */
public final class FreeSpace {
  private static final long DEFAULT_RESERVE = 256L << 20;

  /** What is said where nothing more can be written. */
  public static final String FULL =
      "The disk is full; free some space and go on. What was received is kept.";

  /** What is said where the disk may not or cannot be written. */
  static final String UNWRITABLE =
      "The data folder cannot be written; see to its disk and permissions and go on. What was"
          + " received is kept.";

  private final LongSupplier usable;
  private final long reserve;

  public FreeSpace(LongSupplier usable, long reserve) {
    this.usable = usable;
    this.reserve = reserve;
  }

  /** Returns the room on the disk a folder is on. */
  public static FreeSpace on(Path folder) {
    File place = folder.toFile();
    // A file store would be looked up in the table of mounts, which costs more than the write.
    return new FreeSpace(place::getUsableSpace, DEFAULT_RESERVE);
  }

  /** Returns the bytes that may still be written. */
  long bytes() {
    return Math.max(0, usable.getAsLong() - reserve);
  }

  /** Tells whether anything may still be written. */
  public boolean isFull() {
    return bytes() == 0;
  }

  /** Fails if there is no room for so many bytes more. */
  void require(long bytes) {
    long free = bytes();
    if (bytes > free) {
      throw new RegistryException(Reason.NO_SPACE, free == 0 ? FULL : tooLittle(free, bytes));
    }
  }

  private static String tooLittle(long free, long bytes) {
    return "The disk has room for "
        + megabytes(free)
        + " more and this needs "
        + megabytes(bytes)
        + "; free some space and try again. What was received is kept.";
  }

  private static String megabytes(long bytes) {
    return bytes >= 1_000_000_000
        ? String.format(Locale.ROOT, "%.1f GB", bytes / 1e9)
        : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }
}
