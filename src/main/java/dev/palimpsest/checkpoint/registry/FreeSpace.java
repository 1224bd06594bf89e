package dev.palimpsest.checkpoint.registry;

import dev.palimpsest.checkpoint.registry.RegistryException.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * The room on the data folder's disk. A reserve is kept free, because a database that cannot write
 * loses more than an upload that cannot go on.
 */
public final class FreeSpace {
  private static final long DEFAULT_RESERVE = 256L << 20;

  private final LongSupplier usable;
  private final long reserve;

  public FreeSpace(LongSupplier usable, long reserve) {
    this.usable = usable;
    this.reserve = reserve;
  }

  /** Returns the room on the disk a folder is on. */
  public static FreeSpace on(Path folder) {
    return new FreeSpace(() -> usable(folder), DEFAULT_RESERVE);
  }

  /** Returns the bytes that may still be written. */
  long bytes() {
    return Math.max(0, usable.getAsLong() - reserve);
  }

  /** Fails if there is no room for so many bytes more. */
  void require(long bytes) {
    long free = bytes();
    if (bytes > free) {
      throw new RegistryException(
          Reason.NO_SPACE,
          String.format(
              Locale.ROOT,
              "The disk has room for %.2f GB more and this needs %.2f GB; free some space and try"
                  + " again. What was received is kept.",
              free / 1e9,
              bytes / 1e9));
    }
  }

  private static long usable(Path folder) {
    try {
      return Files.getFileStore(folder).getUsableSpace();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
