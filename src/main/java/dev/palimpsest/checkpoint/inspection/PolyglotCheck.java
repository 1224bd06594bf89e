package dev.palimpsest.checkpoint.inspection;

import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.ModelFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/**
 * Refuses a weight file that is a zip archive at the same time.
 *
 * <p>A zip is found from its end: a tensor of bytes can hold an archive whose end record closes the
 * file, so that one program sees weights and another unpacks files.
 */
final class PolyglotCheck {
  private static final int END_RECORD_BYTES = 22;
  private static final int LONGEST_COMMENT = 0xffff;
  private static final int END_SIGNATURE = 0x06054b50;

  private PolyglotCheck() {}

  static void check(Path path, String name) {
    try (ModelFile file = ModelFile.open(path, name)) {
      int length = (int) Math.min(file.size(), END_RECORD_BYTES + LONGEST_COMMENT);
      byte[] tail = new byte[length];
      file.read(file.size() - length, tail, length);
      if (endsAsZip(ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN), file.size())) {
        throw new CheckpointException(
            name, "is a zip archive as well, which weights never are; do not trust its source");
      }
    }
  }

  private static boolean endsAsZip(ByteBuffer tail, long size) {
    for (int at = 0; at <= tail.limit() - END_RECORD_BYTES; at++) {
      if (tail.getInt(at) == END_SIGNATURE && isEndRecord(tail, at, size - tail.limit() + at)) {
        return true;
      }
    }
    return false;
  }

  /** Tells an end record from four bytes of weights: one disk, a directory that fits before it. */
  private static boolean isEndRecord(ByteBuffer tail, int at, long position) {
    boolean oneDisk = tail.getInt(at + 4) == 0 || tail.getInt(at + 4) == -1;
    long directory =
        Integer.toUnsignedLong(tail.getInt(at + 12)) + Integer.toUnsignedLong(tail.getInt(at + 16));
    boolean zip64 = tail.getInt(at + 16) == -1;
    return oneDisk && (zip64 || directory <= position);
  }
}
