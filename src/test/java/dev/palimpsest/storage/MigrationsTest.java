package dev.palimpsest.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

/** A new database is made without Flyway and must be the one that Flyway would have made. */
final class MigrationsTest {
  private static JdbcDataSource database(String name) {
    JdbcDataSource source = new JdbcDataSource();
    source.setURL("jdbc:h2:mem:migrations-" + name + ";DB_CLOSE_DELAY=-1");
    return source;
  }

  @Test
  void aNewDatabaseIsTheOneThatFlywayMakes() throws SQLException {
    JdbcDataSource byFlyway = database("flyway");
    Schema.migrate(byFlyway, "another");
    JdbcDataSource direct = database("direct");
    Schema.bringUpToDate(direct, "another");

    assertThat(script(direct)).isEqualTo(script(byFlyway));
    assertThat(history(direct)).hasSize(Migrations.SCRIPTS.size() + 1).isEqualTo(history(byFlyway));
  }

  @Test
  void flywayGoesOnFromANewDatabase() {
    JdbcDataSource direct = database("go-on");
    Schema.bringUpToDate(direct, "another");
    Flyway flyway =
        Flyway.configure()
            .dataSource(direct)
            .locations("classpath:migrations")
            .javaMigrations(new OutcomesByContent())
            .load();

    assertThat(flyway.validateWithResult().validationSuccessful).isTrue();
    assertThat(flyway.info().pending()).isEmpty();
  }

  @Test
  void tablesOfAnOlderVersionAreNotTakenForThoseOfThisOne() throws SQLException {
    JdbcDataSource source = database("older");
    Schema.bringUpToDate(source, "another");
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      assertThat(Migrations.areAllDone(connection)).isTrue();
      statement.executeUpdate("drop table own_suite");
      statement.executeUpdate("drop table report_arm");
      statement.executeUpdate("drop index audit_by_time");
      statement.executeUpdate("drop index report_summary");
      statement.executeUpdate("delete from \"flyway_schema_history\" where \"version\" >= '040'");
      assertThat(Migrations.areAllDone(connection)).isFalse();
      Schema.bringUpToDate(source, "another");
      assertThat(Migrations.areAllDone(connection)).isTrue();
      statement.executeUpdate(
          "update \"flyway_schema_history\" set \"success\" = false where \"version\" = '020'");
      assertThat(Migrations.areAllDone(connection)).isFalse();
    }
  }

  @Test
  void decisionsOnWholeAuditsStayAndEachIsAPersonsOwnTurn() throws SQLException {
    JdbcDataSource source = database("decisions");
    Flyway.configure()
        .dataSource(source)
        .locations("classpath:migrations")
        .javaMigrations(new OutcomesByContent())
        .target("063")
        .load()
        .migrate();
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      for (String decision : List.of("REJECTED", "APPROVED")) {
        statement.executeUpdate(
            "insert into sign_off (audit_id, report_digest, decision, signer, remark, signed_at)"
                + " values ('audit', 'digest', '"
                + decision
                + "', 'Ann', 'Because.', current_timestamp)");
      }
    }
    Schema.bringUpToDate(source, "another");
    assertThat(
            rows(
                source,
                "select concat_ws('|', decision, signer, remark, arm, accepted, approvals)"
                    + " from sign_off order by turn"))
        .containsExactly("REJECTED|Ann|Because.|||1", "APPROVED|Ann|Because.|||1");
  }

  @Test
  void everyMigrationIsNamed() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("migrations"))) {
      assertThat(Migrations.SCRIPTS)
          .filteredOn(script -> script.endsWith(".sql"))
          .containsExactlyInAnyOrderElementsOf(
              files.map(file -> file.getFileName().toString()).toList());
    }
  }

  /** The tables as statements, without names that H2 gives by chance. */
  private static List<String> script(JdbcDataSource source) throws SQLException {
    return rows(source, "script nodata nopasswords nosettings").stream()
        .filter(line -> line.startsWith("CREATE") && !line.startsWith("CREATE USER"))
        .map(line -> line.replaceAll("(?<=[A-Z])_[0-9A-F]+\\b", ""))
        .toList();
  }

  private static List<String> history(JdbcDataSource source) throws SQLException {
    return rows(
        source,
        "select concat_ws('|', \"installed_rank\", \"version\", \"description\", \"type\","
            + " \"script\", \"checksum\", \"installed_by\", \"success\")"
            + " from \"flyway_schema_history\" order by \"installed_rank\"");
  }

  private static List<String> rows(JdbcDataSource source, String query) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      List<String> all = new ArrayList<>();
      while (rows.next()) {
        all.add(rows.getString(1));
      }
      return all;
    }
  }
}
