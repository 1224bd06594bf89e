package dev.palimpsest.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Says in one sentence what a driver's exception means; the driver's own text may hold values. */
final class DatabaseFailure {
  private static final int H2_ALREADY_OPEN = 90020;

  /** A deadlock that was broken, and a transaction that another one overtook, of SQL and of H2. */
  private static final Set<String> OUTRUN = Set.of("40001", "40P01");

  private static final String DUPLICATE = "23505";
  private static final String POSTGRES_DISK_FULL = "53100";
  private static final String NO_PRIVILEGE = "42501";

  private DatabaseFailure() {}

  static boolean isInUse(Throwable failure) {
    return sqlException(failure).filter(e -> e.getErrorCode() == H2_ALREADY_OPEN).isPresent();
  }

  static StorageException explainOpening(Throwable failure, Path dataDir) {
    if (isInUse(failure)) {
      return new StorageException(
          "The data folder "
              + dataDir
              + " is already in use by another palimpsest; stop it or choose another --data"
              + " folder.");
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

  /** Tells whether another transaction got in the way, and trying again may help. */
  static boolean isOutrun(Throwable failure) {
    return OUTRUN.contains(state(failure));
  }

  /** Says why a server cannot be used. */
  static StorageException explainOpening(Throwable failure, DatabaseServer server) {
    String state = state(failure);
    if (isGone(state)) {
      return gone(server, failure);
    }
    return new StorageException(
        switch (state) {
          case "28P01", "28000" ->
              "The database server at "
                  + server.place()
                  + " refuses "
                  + server.userWords()
                  + "; set PALIMPSEST_DATABASE_USER and PALIMPSEST_DATABASE_PASSWORD to a user that"
                  + " it lets in.";
          case "3D000" ->
              "There is no database "
                  + server.place()
                  + "; create it, or name another one with --database.";
          default ->
              "The database "
                  + server.place()
                  + " cannot be opened ("
                  + code(failure)
                  + "); its server's log says more.";
        },
        withoutValues(failure));
  }

  private static StorageException gone(DatabaseServer server, Throwable failure) {
    return new StorageException(
        "The database server at "
            + server.place()
            + " cannot be reached; start it and try again, or name another one with --database.",
        withoutValues(failure));
  }

  /** Connections that were not made, that broke, and that the server ended as it stops. */
  private static boolean isGone(String state) {
    return state.startsWith("08") || state.startsWith("57P0");
  }

  static StorageException explain(Throwable failure, Optional<DatabaseServer> server) {
    if (isDiskFull(failure)) {
      return server.isEmpty() ? diskFull() : serversDiskFull(server.get());
    }
    if (server.isPresent() && isGone(state(failure))) {
      return gone(server.get(), failure);
    }
    if (state(failure).equals(DUPLICATE)) {
      return new DuplicateException(refused(failure), withoutValues(failure));
    }
    return new StorageException(refused(failure), withoutValues(failure));
  }

  private static String refused(Throwable failure) {
    return "The database refused a statement (" + code(failure) + "); nothing of it was stored.";
  }

  private static StorageException serversDiskFull(DatabaseServer server) {
    return new StorageException(
        "The disk of the database server at "
            + server.place()
            + " is full; free some space there and try again; nothing that was stored is lost.");
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
    if (state(failure).equals(POSTGRES_DISK_FULL)) {
      return true;
    }
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

  /** Tells whether the user may not do what was tried. */
  static boolean isForbidden(Throwable failure) {
    return state(failure).equals(NO_PRIVILEGE);
  }

  /** Returns the five letters by which SQL classes failures; "" where there are none. */
  private static String state(Throwable failure) {
    return sqlException(failure).map(SQLException::getSQLState).orElse("");
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
