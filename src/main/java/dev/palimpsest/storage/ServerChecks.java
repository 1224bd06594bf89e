package dev.palimpsest.storage;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import javax.sql.DataSource;

/** What a database server must be for the statements of this program to mean what they say. */
final class ServerChecks {
  /** The first version that knows {@code merge}. */
  private static final int OLDEST = 15;

  private ServerChecks() {}

  /** Fails where the server is too old, or the database keeps other text than Unicode. */
  static void require(DataSource source, DatabaseServer server) {
    try (Connection connection = source.getConnection()) {
      int version = connection.getMetaData().getDatabaseMajorVersion();
      if (version < OLDEST) {
        throw new StorageException(
            "The database server at "
                + server.place()
                + " is PostgreSQL "
                + version
                + "; version "
                + OLDEST
                + " or newer is needed.");
      }
      requireUnicode(connection, server);
    } catch (SQLException e) {
      throw DatabaseFailure.explain(e, Optional.of(server));
    }
  }

  private static void requireUnicode(Connection connection, DatabaseServer server)
      throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("show server_encoding")) {
      row.next();
      if (!row.getString(1).equals("UTF8")) {
        throw new StorageException(
            "The database "
                + server.place()
                + " keeps text as "
                + row.getString(1)
                + "; create one with encoding 'UTF8' and name that with --database.");
      }
    }
  }
}
