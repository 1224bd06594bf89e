package dev.palimpsest.storage;

/** A row that is there already, perhaps since another process stored it a moment ago. */
public final class DuplicateException extends StorageException {
  DuplicateException(String message, Throwable cause) {
    super(message, cause);
  }
}
