package dev.palimpsest.backup;

import dev.palimpsest.UserFacingException;

/** A backup that cannot be made, or a folder that none can be put into, as one sentence. */
public final class BackupException extends UserFacingException {
  BackupException(String message) {
    super(message);
  }

  BackupException(String message, Throwable cause) {
    super(message, cause);
  }
}
