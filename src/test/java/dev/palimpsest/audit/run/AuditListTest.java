package dev.palimpsest.audit.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.audit.plan.Plans;
import dev.palimpsest.storage.Database;
import dev.palimpsest.suite.SuiteLibrary;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The list of audits costs the same however many there are and however large they are. */
final class AuditListTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  @Test
  void aListTakesTheSameStatementsForOneAuditAndForForty() {
    List<String> one = statements(1);
    assertThat(one).isNotEmpty();
    assertThat(statements(40)).isEqualTo(one);
  }

  @Test
  void aListReadsNoPlanAndNoText() {
    assertThat(String.join("\n", statements(3)))
        .doesNotContainIgnoringCase("body", "explanation", "details", "a.plan,", "select *");
  }

  @Test
  void aPageOfTheListReadsNoRowsOfOtherPages() {
    assertThat(rowsRead(600)).isLessThanOrEqualTo(rowsRead(60)).isPositive();
  }

  /** Returns how many rows and entries of indexes the newest fifty audits are found by. */
  private static int rowsRead(int audits) {
    try (Database database = Database.inMemory()) {
      AuditStore store = new AuditStore(database);
      for (int i = 0; i < audits; i++) {
        store.insert(
            new Audit("audit-" + i, Plans.small(), "digest", NOW.plusSeconds(i), Optional.empty()));
      }
      String plan =
          database.read(
              handle ->
                  handle
                      .createQuery("explain analyze " + AuditStore.LINES)
                      .bind("from", 0)
                      .bind("size", 50)
                      .mapTo(String.class)
                      .one());
      return Pattern.compile("scanCount: (\\d+)")
          .matcher(plan)
          .results()
          .mapToInt(found -> Integer.parseInt(found.group(1)))
          .sum();
    }
  }

  /** Returns the statements of one list of finished audits, as often as they were run. */
  private static List<String> statements(int audits) {
    try (Database database = Database.inMemory()) {
      AuditStore store = new AuditStore(database);
      JobStore jobs = new JobStore(database, "test");
      for (int i = 0; i < audits; i++) {
        String id = "audit-" + i;
        store.insert(new Audit(id, Plans.small(), "digest", NOW.plusSeconds(i), Optional.empty()));
        jobs.settle(id, i % 2 == 0 ? AuditState.FINISHED : AuditState.CANCELLED, "");
      }
      try (AuditService service =
          AuditService.open(
              database,
              SuiteLibrary.bundled(),
              spec -> {
                throw new AssertionError("nothing is queued");
              })) {
        database.write(handle -> handle.execute("set query_statistics true"));
        assertThat(service.lines(0, 50)).hasSize(audits);
        return database.read(
            handle ->
                handle
                    .createQuery(
                        "select execution_count || ' ' || sql_statement"
                            + " from information_schema.query_statistics"
                            + " where sql_statement like '%audit a%' order by 1")
                    .mapTo(String.class)
                    .list());
      }
    }
  }
}
