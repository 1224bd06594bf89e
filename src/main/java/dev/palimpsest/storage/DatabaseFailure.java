package dev.palimpsest.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;

/** Says in one sentence what a driver's exception means; the driver's own text may hold values. */
final class DatabaseFailure {
  private static final int H2_ALREADY_OPEN = 90020;

  private DatabaseFailure() {}

  static boolean isInUse(Throwable failure) {
    return sqlException(failure).filter(e -> e.getErrorCode() == H2_ALREADY_OPEN).isPresent();
  }

  static StorageException explainOpening(Throwable failure, Path dataDir) {
    if (isInUse(failure)) {
      return new StorageException(
          "The data folder "
              + dataDir
              + " is already in use by another palimpsest; stop it or choose another --data folder.");
    }
    if (isDiskFull(failure)) {
      return diskFull();
    }
    return new StorageException(
        "The database in "
            + dataDir
            + " cannot be opened ("
            + code(failure)
            + "); restore a backup of it or choose another --data folder.",
        failure);
  }

  static StorageException explain(Throwable failure) {
    if (isDiskFull(failure)) {
      return diskFull();
    }
    return new StorageException(
        "The database refused a statement (" + code(failure) + "); nothing of it was stored.",
        withoutValues(failure));
  }

  private static StorageException diskFull() {
    return new StorageException(
        "The disk of the data folder is full; free some space and try again; nothing that was"
            + " stored is lost.");
  }

  /** Keeps the place where it went wrong for the log, and not the driver's text. */
  private static Throwable withoutValues(Throwable failure) {
    SQLException bare =
        sqlException(failure)
            .map(
                e ->
                    new SQLException(
                        e.getClass().getSimpleName(), e.getSQLState(), e.getErrorCode()))
            .orElseGet(() -> new SQLException(failure.getClass().getSimpleName()));
    bare.setStackTrace(failure.getStackTrace());
    return bare;
  }

  static boolean isDiskFull(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException && mentionsSpace(cause.getMessage())) {
        return true;
      }
    }
    return false;
  }

  private static boolean mentionsSpace(String message) {
    return message != null
        && message.toLowerCase(Locale.ROOT).matches(".*(no space left|disk quota|disk full).*");
  }

  private static String code(Throwable failure) {
    return sqlException(failure)
        .map(e -> "SQL state " + e.getSQLState() + ", code " + e.getErrorCode())
        .orElse(failure.getClass().getSimpleName());
  }

  private static Optional<SQLException> sqlException(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException found) {
        return Optional.of(found);
      }
    }
    return Optional.empty();
  }
}
