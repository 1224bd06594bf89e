package dev.palimpsest.audit.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palimpsest.audit.plan.PlanJson;
import dev.palimpsest.audit.plan.Plans;
import dev.palimpsest.storage.Database;
import dev.palimpsest.storage.StorageException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A migration that was cut short or failed is begun again by the next start. */
final class InterruptedMigrationTest {
  private static final String DETAILS = "{\"margin\":-1.5,\"nan\":\"NaN\"}";

  @TempDir Path folder;

  @Test
  void aMoveThatFailedIsMadeAgainByTheNextStart() throws Exception {
    writeOld();
    setPlan("{");
    assertThatThrownBy(() -> Database.open(folder)).isInstanceOf(StorageException.class);
    setPlan(PlanJson.write(Plans.small()));
    try (Database database = Database.open(folder)) {
      AuditStore store = new AuditStore(database);
      assertThat(store.lines(0, 10)).extracting(AuditStore.Line::title).containsExactly("small");
      assertThat(store.outcomes("a", "knowledge", "tuned")).containsKey("k-1");
    }
  }

  /** Flyway knows nothing of a step that a kill cut short: it is begun again from its start. */
  @ParameterizedTest
  @ValueSource(strings = {"020", "020.1", "020.2"})
  void aStepThatWasCutShortIsBegunAgain(String step) throws Exception {
    writeOld();
    Flyway.configure()
        .dataSource(url(), null, null)
        .locations("classpath:migrations")
        .target(step)
        .load()
        .migrate();
    try (Connection connection = DriverManager.getConnection(url())) {
      run(connection, "delete from \"flyway_schema_history\" where \"version\" = ?", step);
    }
    try (Database database = Database.open(folder)) {
      assertThat(new AuditStore(database).outcomes("a", "knowledge", "tuned")).containsKey("k-1");
    }
  }

  private void setPlan(String plan) throws Exception {
    try (Connection connection = DriverManager.getConnection(url())) {
      run(connection, "update audit set plan = ?", plan);
    }
  }

  private String url() {
    return "jdbc:h2:file:" + folder.resolve("palimpsest");
  }

  private void writeOld() throws Exception {
    String url = "jdbc:h2:file:" + folder.resolve("palimpsest");
    Flyway.configure()
        .dataSource(url, null, null)
        .locations("classpath:migrations")
        .target("011")
        .load()
        .migrate();
    try (Connection connection = DriverManager.getConnection(url)) {
      run(
          connection,
          "insert into audit values ('a', ?, 'digest', current_timestamp, current_timestamp)",
          PlanJson.write(Plans.small()));
      run(
          connection,
          "insert into job values ('a', 'FINISHED', '', current_timestamp, null, null)");
      run(
          connection,
          "insert into raw_result values ('key-1', ?, current_timestamp)",
          "{\"scores\":[[]]}");
      String outcome =
          "insert into outcome values ('a', 'knowledge', ?, 'k-1', 'SCORED', 1, ?, 'out', ?, 'Because.', ?, 'key-1')";
      run(connection, outcome, "base", "a prompt of both", "taken", DETAILS);
      run(connection, outcome, "tuned", "a prompt of both", "out", DETAILS);
    }
  }

  private static void run(Connection connection, String sql, String... values) throws Exception {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setString(i + 1, values[i]);
      }
      statement.execute();
    }
  }
}
