package dev.palimpsest.storage;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The folder that holds one installation's data; nobody but its owner may look inside. */
final class DataFolder {
  private static final String OWNER_FOLDER = "rwx------";
  private static final String OWNER_FILE = "rw-------";

  /** What H2 calls the file of the database "palimpsest". */
  private static final String FILE = "palimpsest.mv.db";

  /** Written once there is a database, so that one that is lost is missed. */
  private static final String MARKER = "palimpsest.installed";

  private static final String MARK =
      """
      This folder holds a database of palimpsest, the file palimpsest.mv.db beside this one.
      Where this file is and that one is not, palimpsest does not start as if it were new.
      """;

  private final Path path;

  private DataFolder(Path path) {
    this.path = path;
  }

  /** Creates the folder where it is missing and closes it to others. */
  static DataFolder prepare(Path path) {
    try {
      Files.createDirectories(path);
      if (!Files.isWritable(path)) {
        throw unusable(path, "it is not writable");
      }
      restrict(path, OWNER_FOLDER);
      return new DataFolder(path.toRealPath());
    } catch (FileAlreadyExistsException e) {
      throw unusable(path, "there is a file of that name");
    } catch (IOException e) {
      throw new StorageException(
          "The data folder " + path + " cannot be created or opened; choose another one.", e);
    }
  }

  Path path() {
    return path;
  }

  /** Returns the file of the database, which may not be there yet. */
  Path file() {
    return path.resolve(FILE);
  }

  /**
   * Fails where a database was lost: its file is empty, or missing though there was one. To go on
   * as if the folder were new would hide the loss, and what else is in the folder would not fit.
   */
  void requireUnharmed() {
    Path file = file();
    if (isMarked() && !Files.exists(file)) {
      throw lost(file + " is missing, but this data folder had a database", anew(MARKER));
    }
    if (isEmpty(file)) {
      throw lost(
          file + " is empty, so the database in it is lost",
          isMarked() ? anew(FILE + " and " + MARKER) : anew(FILE));
    }
  }

  /** Fails where a database that was opened has nothing in it though it had. */
  void requireContent(boolean found) {
    if (isMarked() && !found) {
      throw lost(file() + " has lost what was in it", anew(FILE + " and " + MARKER));
    }
  }

  /** Notes that there is a database now. */
  void mark() {
    if (isMarked()) {
      return;
    }
    try {
      Files.writeString(path.resolve(MARKER), MARK);
    } catch (IOException e) {
      throw new StorageException(
          "Nothing can be written to the data folder "
              + path
              + "; check its permissions and the free space, or choose another --data folder.",
          e);
    }
  }

  private boolean isMarked() {
    return Files.exists(path.resolve(MARKER));
  }

  private static boolean isEmpty(Path file) {
    try {
      return Files.exists(file) && Files.size(file) == 0;
    } catch (IOException e) {
      return false; // opening it says why
    }
  }

  private StorageException lost(String what, String anew) {
    return new StorageException(
        what + "; put a backup of it there, or, to begin anew without it, " + anew + ".");
  }

  private String anew(String names) {
    return "remove " + names + " from " + path;
  }

  /** Closes the database's files to others; H2 creates them with the process's umask. */
  void restrictFiles() {
    try (var files = Files.newDirectoryStream(path, "palimpsest.*")) {
      for (Path file : files) {
        restrict(file, OWNER_FILE);
      }
    } catch (IOException e) {
      throw new StorageException(
          "The permissions of the files in " + path + " cannot be set; choose another folder.", e);
    }
  }

  private static StorageException unusable(Path path, String why) {
    return new StorageException(
        "The data folder " + path + " cannot be used: " + why + "; choose another one.");
  }

  private static void restrict(Path file, String permissions) throws IOException {
    FileStore store = Files.getFileStore(file);
    if (store.supportsFileAttributeView("posix")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }
  }
}
