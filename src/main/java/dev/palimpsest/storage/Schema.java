package dev.palimpsest.storage;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;

/** The tables, as the migrations make them one after the other. */
final class Schema {
  private static final String HISTORY = "flyway_schema_history";

  private Schema() {}

  /** Tells whether there are tables of palimpsest, of whichever version. */
  static boolean isIn(DataSource source) {
    try (Connection connection = source.getConnection();
        ResultSet tables =
            connection
                .getMetaData()
                .getTables(null, null, null, new String[] {"TABLE", "BASE TABLE"})) {
      while (tables.next()) {
        if (tables.getString("TABLE_NAME").equalsIgnoreCase(HISTORY)) {
          return true;
        }
      }
      return false;
    } catch (SQLException e) {
      throw DatabaseFailure.explain(e, Optional.empty());
    }
  }

  /**
   * Makes the tables, or brings those of an older version up to this one.
   *
   * @param another says how to take another database
   * @throws StorageException if they are of a newer version, or cannot be brought up to this one
   */
  static void bringUpToDate(DataSource source, String another) {
    if (!isMade(source)) {
      migrate(source, another);
    }
  }

  /** Tells whether the tables are of this version; in a new file they are made. */
  private static boolean isMade(DataSource source) {
    try (Connection connection = source.getConnection()) {
      if (Migrations.areAllDone(connection)) {
        return true;
      }
      boolean isNew = isH2(connection) && !hasTables(connection);
      if (isNew) {
        Migrations.makeAll(connection);
      }
      return isNew;
    } catch (SQLException e) {
      throw DatabaseFailure.explain(e, Optional.empty());
    }
  }

  /** A server's database may be looked at by others at the same time; Flyway takes care of that. */
  private static boolean isH2(Connection connection) throws SQLException {
    return connection.getMetaData().getDatabaseProductName().equals("H2");
  }

  private static boolean hasTables(Connection connection) throws SQLException {
    try (ResultSet tables =
        connection.getMetaData().getTables(null, null, null, new String[] {"BASE TABLE"})) {
      while (tables.next()) {
        if (!tables.getString("TABLE_SCHEM").equals("INFORMATION_SCHEMA")) {
          return true;
        }
      }
      return false;
    }
  }

  /** Has Flyway do what is missing. */
  static void migrate(DataSource source, String another) {
    try {
      Flyway flyway =
          Flyway.configure()
              .dataSource(source)
              .locations("classpath:migrations")
              .javaMigrations(new OutcomesByContent())
              .load();
      MigrationInfo[] migrations = flyway.info().all();
      refuseNewer(migrations, another);
      if (Arrays.stream(migrations).anyMatch(one -> one.getState().isFailed())) {
        // Every step may be begun again; only Flyway's note of the failure is in the way.
        flyway.repair();
      }
      flyway.migrate();
    } catch (FlywayException e) {
      if (DatabaseFailure.isForbidden(e)) {
        throw new StorageException(
            "The user of the database may not create tables in it; make it the database's owner.",
            e);
      }
      if (DatabaseFailure.isDiskFull(e)) {
        throw DatabaseFailure.explain(e, Optional.empty());
      }
      throw new StorageException(
          "The database was written by another version of palimpsest and cannot be brought up to"
              + " this one; use that version, or "
              + another
              + ".",
          e);
    }
  }

  private static void refuseNewer(MigrationInfo[] migrations, String another) {
    Optional<MigrationInfo> newer =
        Arrays.stream(migrations)
            .filter(migration -> migration.getState() == MigrationState.FUTURE_SUCCESS)
            .reduce((first, second) -> second);
    if (newer.isPresent()) {
      throw new StorageException(
          "The database was written by a newer palimpsest (its tables are of version "
              + newer.get().getVersion()
              + ", which this one does not know); use that one, or "
              + another
              + ".");
    }
  }
}
