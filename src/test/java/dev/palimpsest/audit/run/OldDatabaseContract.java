package dev.palimpsest.audit.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.account.SignOff;
import dev.palimpsest.account.SignOffs;
import dev.palimpsest.audit.Outcome;
import dev.palimpsest.audit.plan.PlanJson;
import dev.palimpsest.audit.plan.Plans;
import dev.palimpsest.storage.Database;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** A database of the last version before texts were kept by content goes on with its data. */
abstract class OldDatabaseContract {
  private static final String DETAILS = "{\"margin\":-1.5,\"nan\":\"NaN\"}";

  /** Returns the address of a database that is empty at first, always the same. */
  abstract String url();

  /** Returns the name of its user, which is the password too; null where none is needed. */
  abstract String user();

  /** Opens the database at the address. */
  abstract Database open();

  @Test
  void itsAuditsAndOutcomesAreAllThere() throws Exception {
    writeOld();
    try (Database database = open()) {
      AuditStore store = new AuditStore(database);
      AuditStore.Line line = store.lines(0, 10).get(0);
      assertThat(line.title()).isEqualTo("small");
      assertThat(line.base()).isEqualTo("base");
      assertThat(line.tuned()).containsExactly("tuned");
      assertThat(line.planned()).isEqualTo(2);
      assertThat(store.audit("a").orElseThrow().plan()).isEqualTo(Plans.small());
      Outcome base = store.outcomes("a", "knowledge", "base").get("k-1");
      assertThat(base)
          .isEqualTo(
              new Outcome(
                  "knowledge",
                  "k-1",
                  "base",
                  Outcome.State.SCORED,
                  1,
                  "a prompt of both",
                  "out",
                  "taken",
                  "Because.",
                  Map.of("margin", -1.5, "nan", Double.NaN)));
      assertThat(store.outcomes("a", "knowledge", "tuned").get("k-1").extracted()).isEqualTo("out");
      List<Tally.Entry> entries = store.entriesAfter("a", 0);
      assertThat(entries).extracting(Tally.Entry::margin).containsOnly(-1.5);
      assertThat(store.raw(List.of("key-1"))).hasSize(1);
    }
  }

  @Test
  void itsCheckpointsUploadsFactsAndDecisionsAreAllThere() throws Exception {
    writeOld();
    try (Database database = open()) {
      assertThat(one(database, "select name || ' ' || digest from checkpoint where id = 'c'"))
          .isEqualTo("llama abcd");
      assertThat(one(database, "select path || ' ' || received from upload where id = 'u'"))
          .isEqualTo("config.json 1");
      assertThat(one(database, "select fact from provenance where audit_id = 'a'"))
          .isEqualTo("PyTorch");
      assertThat(one(database, "select state from job where audit_id = 'a'")).isEqualTo("FINISHED");
      SignOff signed = new SignOffs(database).of("a").get(0);
      assertThat(signed.signer()).isEqualTo("Ada Byron");
      assertThat(signed.comment()).isEqualTo("Fine by me.");
      assertThat(signed.isAuthenticated()).isFalse();
    }
  }

  private static String one(Database database, String query) {
    return database.read(handle -> handle.createQuery(query).mapTo(String.class).one());
  }

  @Test
  void newOutcomesJoinTheOldOnes() throws Exception {
    writeOld();
    try (Database database = open()) {
      AuditStore store = new AuditStore(database);
      Outcome other =
          new Outcome(
              "knowledge",
              "k-2",
              "base",
              Outcome.State.ERROR,
              0,
              "a prompt of both",
              "",
              "",
              "No.",
              Map.of());
      store.save(
          "a",
          List.of(
              new AuditStore.NewOutcome(
                  other, java.util.Optional.empty(), java.util.Optional.empty())));
      assertThat(store.itemsDone("a", "knowledge", "base")).containsExactlyInAnyOrder("k-1", "k-2");
      assertThat(store.outcomes("a", "knowledge", "base")).containsEntry("k-2", other);
    }
  }

  @Test
  void aMoveThatWasInterruptedIsMadeAgain() throws Exception {
    writeOld();
    Flyway.configure()
        .dataSource(url(), user(), user())
        .locations("classpath:migrations")
        .target("020.2")
        .load()
        .migrate();
    try (Connection connection = DriverManager.getConnection(url(), user(), user())) {
      run(connection, "insert into text_body values ('left behind', 'by the first try')");
      run(connection, "alter table outcome alter column id restart with 77");
    }
    try (Database database = open()) {
      assertThat(new AuditStore(database).outcomes("a", "knowledge", "tuned")).containsKey("k-1");
    }
  }

  void writeOld() throws Exception {
    Flyway.configure()
        .dataSource(url(), user(), user())
        .locations("classpath:migrations")
        .target("011")
        .load()
        .migrate();
    try (Connection connection = DriverManager.getConnection(url(), user(), user())) {
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
      run(connection, "insert into provenance values ('a', 'engine', 'PyTorch')");
      run(
          connection,
          "insert into checkpoint values ('c', 'llama', 'llama', 'BASE', null, 'PATH',"
              + " '/models/llama', 2, 'abcd', '{}', 'READY', null, current_timestamp)");
      run(
          connection,
          "insert into upload values ('u', 'c', 'config.json', 2, 1, 0, current_timestamp)");
      run(
          connection,
          "insert into sign_off (audit_id, report_digest, decision, signer, remark, signed_at)"
              + " values ('a', 'ef', 'APPROVED', 'Ada Byron', 'Fine by me.', current_timestamp)");
      String outcome =
          "insert into outcome values ('a', 'knowledge', ?, 'k-1', 'SCORED', 1, ?, 'out', ?,"
              + " 'Because.', ?, 'key-1')";
      run(connection, outcome, "base", "a prompt of both", "taken", DETAILS);
      run(connection, outcome, "tuned", "a prompt of both", "out", DETAILS);
    }
  }

  static void run(Connection connection, String sql, String... values) throws Exception {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setString(i + 1, values[i]);
      }
      statement.execute();
    }
  }
}
