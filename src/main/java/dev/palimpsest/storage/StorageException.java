package dev.palimpsest.storage;

import dev.palimpsest.UserFacingException;

/** A database that cannot be opened, read or written, as one sentence without any stored value. */
public class StorageException extends UserFacingException {
  public StorageException(String message) {
    super(message);
  }

  public StorageException(String message, Throwable cause) {
    super(message, cause);
  }
}
