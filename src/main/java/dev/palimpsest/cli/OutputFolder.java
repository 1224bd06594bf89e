package dev.palimpsest.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a report goes; found out to be writable before hours of work, not after.
 *
 * @param path the folder
 */
record OutputFolder(Path path) {
  private static final String DATA = ".palimpsest";

  /** Creates the folder where it is missing, and writes and removes a file in it. */
  static OutputFolder prepare(Path path) {
    try {
      Files.createDirectories(path);
      Files.delete(Files.createTempFile(path, ".palimpsest-", ".probe"));
      return new OutputFolder(path);
    } catch (IOException e) {
      throw new OutputException(
          "Nothing can be written to "
              + path
              + "; is it a folder of yours, and has its disk room? Choose another --out.",
          e);
    }
  }

  /** Returns where outcomes are kept unless told otherwise. */
  Path data() {
    return path.resolve(DATA);
  }
}
