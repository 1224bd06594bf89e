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
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** H2 has no transaction around a migration: what was cut short or failed is begun again. */
final class OldDatabaseTest extends OldDatabaseContract {
  @TempDir Path folder;

  @Override
  String url() {
    return "jdbc:h2:file:" + folder.resolve("palimpsest");
  }

  @Override
  String user() {
    return null;
  }

  @Override
  Database open() {
    return Database.open(folder);
  }

  @Test
  void aMoveThatFailedIsMadeAgainByTheNextStart() throws Exception {
    writeOld();
    setPlan("{");
    assertThatThrownBy(this::open).isInstanceOf(StorageException.class);
    setPlan(PlanJson.write(Plans.small()));
    try (Database database = open()) {
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
    try (Database database = open()) {
      assertThat(new AuditStore(database).outcomes("a", "knowledge", "tuned")).containsKey("k-1");
    }
  }

  private void setPlan(String plan) throws Exception {
    try (Connection connection = DriverManager.getConnection(url())) {
      run(connection, "update audit set plan = ?", plan);
    }
  }
}
