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
