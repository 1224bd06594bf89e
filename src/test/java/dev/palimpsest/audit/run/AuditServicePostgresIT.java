package dev.palimpsest.audit.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.audit.plan.TinySuites;
import dev.palimpsest.decoder.local.LocalRunner;
import dev.palimpsest.storage.Database;
import dev.palimpsest.storage.DatabaseServer;
import dev.palimpsest.storage.PostgresServer;
import dev.palimpsest.suite.SuiteLibrary;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole audits of the tiny fixture model, kept on a PostgreSQL server. */
final class AuditServicePostgresIT {
  private static final int ITEMS = 12;

  @TempDir Path folder;

  private final DatabaseServer server = PostgresServer.running().emptyDatabase();

  @Test
  void twoServersShareAQueueAndWhatTheBaseAnswered() throws Exception {
    SuiteLibrary library = new TinySuites(folder.resolve("suites")).library(ITEMS);
    try (Database first = Database.open(server, folder.resolve("first"));
        Database second = Database.open(server, folder.resolve("second"));
        AuditService here = AuditService.open(first, library, LocalRunner::open);
        AuditService there = AuditService.open(second, library, LocalRunner::open)) {
      Audit one = here.start(TinyAudit.plan(library, "one", 1, TinyAudit.ADAPTER));
      Audit other = there.start(TinyAudit.plan(library, "other", 2, TinyAudit.ADAPTER));
      for (Audit audit : new Audit[] {one, other}) {
        AuditStatus status = TinyAudit.awaitEnd(here, audit.id());
        assertThat(status.message()).isEmpty();
        assertThat(status.state()).isEqualTo(AuditState.FINISHED);
        assertThat(status.done())
            .isEqualTo(2 * 4 * ITEMS + ITEMS); // choices in writing, too, of the base in two orders
      }
      assertThat(TinyAudit.pairs(there, one.id()))
          .containsExactlyInAnyOrderEntriesOf(TinyAudit.pairs(here, other.id()));
      there.remove(one.id());
      assertThat(here.find(one.id())).isEmpty();
      assertThat(TinyAudit.pairs(here, other.id())).hasSize(3 * ITEMS);
    }
  }
}
