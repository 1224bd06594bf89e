package dev.palimpsest.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/**
 * A database of an earlier version is brought up to this one with all that was in it: every row of
 * every table, every column that is still there. A table that a migration takes apart names here
 * where its rows went.
 */
abstract class MigrationsForwardContract {
  /** The tables of the first version that was given to others, with the migrations up to it. */
  private static final String RELEASED = "063";

  /**
   * Tables that a later migration replaced, each with the test that holds what became of its rows.
   */
  private static final Map<String, String> REPLACED = Map.of();

  private static final List<String> FILLED_BY_MIGRATIONS =
      List.of("flyway_schema_history", "ledger_head", "text_guard");

  /** Returns the address of a database that is empty at first, always the same. */
  abstract String url();

  /** Returns the name of its user, which is the password too; null where none is needed. */
  abstract String user();

  /** Opens the database at the address. */
  abstract Database open();

  @Test
  void everyRowOfTheReleasedTablesIsKept() throws Exception {
    Flyway.configure()
        .dataSource(url(), user(), user())
        .locations("classpath:migrations")
        .javaMigrations(new OutcomesByContent())
        .target(RELEASED)
        .load()
        .migrate();
    Map<String, List<Map<String, String>>> before;
    try (Connection connection = DriverManager.getConnection(url(), user(), user())) {
      fill(connection);
      before = rows(connection);
    }
    assertThat(before).hasSizeGreaterThan(20);
    assertThat(before.entrySet()).allSatisfy(table -> assertThat(table.getValue()).isNotEmpty());
    open().close();
    Map<String, List<Map<String, String>>> after;
    try (Connection connection = DriverManager.getConnection(url(), user(), user())) {
      after = rows(connection);
    }
    before.forEach(
        (table, rows) -> {
          if (!REPLACED.containsKey(table)) {
            assertThat(after).containsKey(table);
            requireKept(table, rows, after.get(table));
          }
        });
  }

  private static void requireKept(
      String table, List<Map<String, String>> before, List<Map<String, String>> after) {
    List<Map<String, String>> left = new ArrayList<>(after);
    for (Map<String, String> row : before) {
      assertThat(left)
          .as("rows of %s", table)
          .anySatisfy(
              now -> row.forEach((column, value) -> assertThat(now).containsEntry(column, value)));
    }
    assertThat(after).as("rows of %s", table).hasSameSizeAs(before);
  }

  /** Puts a row into every table, those that others refer to first. */
  private static void fill(Connection connection) throws SQLException {
    List<String> tables = new ArrayList<>(tables(connection));
    tables.removeAll(FILLED_BY_MIGRATIONS);
    for (int attempts = tables.size(); !tables.isEmpty() && attempts > 0; attempts--) {
      for (String table : List.copyOf(tables)) {
        if (insert(connection, table)) {
          tables.remove(table);
        }
      }
    }
    assertThat(tables).as("tables that no row could be put into").isEmpty();
  }

  private static boolean insert(Connection connection, String table) throws SQLException {
    Map<String, String> types = columns(connection, table);
    String names = String.join(", ", types.keySet());
    String marks = "?,".repeat(types.size()).replaceFirst(",$", "");
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into " + table + " (" + names + ") values (" + marks + ")")) {
      int at = 1;
      for (Map.Entry<String, String> column : types.entrySet()) {
        bind(insert, at++, table, column.getKey(), column.getValue());
      }
      insert.executeUpdate();
      return true;
    } catch (SQLException refersToWhatIsNotThere) {
      if (refersToWhatIsNotThere.getSQLState().equals("23503")
          || refersToWhatIsNotThere.getSQLState().equals("23506")) {
        return false;
      }
      throw refersToWhatIsNotThere;
    }
  }

  /** Keys are the same everywhere, so that what refers to a row finds it. */
  private static void bind(
      PreparedStatement insert, int at, String table, String column, String type)
      throws SQLException {
    boolean key = column.equals("id") || column.endsWith("_id") || column.endsWith("_key");
    if (type.contains("char") || type.equals("text")) {
      insert.setString(at, key ? "1" : text(table, column));
    } else if (type.contains("timestamp")) {
      insert.setObject(at, java.time.OffsetDateTime.parse("2026-02-03T04:05:06.789Z"));
    } else if (type.equals("boolean")) {
      insert.setBoolean(at, true);
    } else if (type.contains("double")) {
      insert.setDouble(at, 0.5);
    } else {
      insert.setObject(
          at, key ? 1 : 7, type.equals("bigint") ? java.sql.Types.BIGINT : java.sql.Types.INTEGER);
    }
  }

  private static String text(String table, String column) {
    return switch (column) {
      case "tuned_names", "plan", "body", "figures", "details" -> "{}";
      default -> table + "." + column + " ümlaut";
    };
  }

  private static List<String> tables(Connection connection) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (PreparedStatement query =
            connection.prepareStatement(
                "select table_name from information_schema.tables where lower(table_schema) ="
                    + " 'public' and table_type = 'BASE TABLE' order by table_name");
        ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        tables.add(rows.getString(1).toLowerCase(Locale.ROOT));
      }
    }
    return tables;
  }

  private static Map<String, String> columns(Connection connection, String table)
      throws SQLException {
    Map<String, String> types = new LinkedHashMap<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            "select column_name, data_type from information_schema.columns where"
                + " lower(table_schema) = 'public' and lower(table_name) = ? and is_generated ="
                + " 'NEVER' order by ordinal_position")) {
      query.setString(1, table);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          types.put(
              rows.getString(1).toLowerCase(Locale.ROOT),
              rows.getString(2).toLowerCase(Locale.ROOT));
        }
      }
    }
    return types;
  }

  private static Map<String, List<Map<String, String>>> rows(Connection connection)
      throws SQLException {
    Map<String, List<Map<String, String>>> all = new TreeMap<>();
    List<String> tables = new ArrayList<>(tables(connection));
    tables.removeAll(FILLED_BY_MIGRATIONS);
    for (String table : tables) {
      List<String> columns = List.copyOf(columns(connection, table).keySet());
      List<Map<String, String>> rows = new ArrayList<>();
      try (PreparedStatement query = connection.prepareStatement("select * from " + table);
          ResultSet found = query.executeQuery()) {
        while (found.next()) {
          Map<String, String> row = new HashMap<>();
          for (String column : columns) {
            row.put(column, found.getString(column));
          }
          rows.add(row);
        }
      }
      all.put(table, rows);
    }
    return all;
  }
}
