package dev.palimpsest.audit.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palimpsest.account.SignOff;
import dev.palimpsest.account.SignOffs;
import dev.palimpsest.audit.AuditException;
import dev.palimpsest.audit.Outcome;
import dev.palimpsest.audit.plan.TinySuites;
import dev.palimpsest.decoder.local.LocalRunner;
import dev.palimpsest.storage.Database;
import dev.palimpsest.suite.SuiteLibrary;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An audit whose outcomes an older scorer stored: one item of facts has the wrong score. */
@Tag("slow")
final class RescoringTest {
  private static final String ITEM = "facts-3";

  @TempDir Path folder;

  private Database database;
  private AuditStore store;
  private SuiteLibrary library;
  private Rescoring rescoring;
  private String audit;
  private Map<String, Outcome> graded;

  @BeforeEach
  void runAudit() throws InterruptedException {
    database = Database.inMemory();
    store = new AuditStore(database);
    library = new TinySuites(folder.resolve("suites")).library(8);
    rescoring = new Rescoring(database, library);
    try (AuditService audits = AuditService.open(database, library, LocalRunner::open)) {
      audit = audits.start(TinyAudit.plan(library, "old", 1, TinyAudit.ADAPTER)).id();
      TinyAudit.awaitEnd(audits, audit);
    }
    graded = store.outcomes(audit, "facts", "llama");
    change("update outcome set score = 1 - score where item_id = ? and suite = 'facts'");
    change(
        "update outcome_detail set explanation = 'Another reason.' where outcome_id in"
            + " (select id from outcome where item_id <> ? and suite = 'values' and arm = 'llama')");
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void whatIsGradedOtherwiseIsNamedAndNothingIsWritten() {
    Rescoring.Result result = rescoring.compare(audit);

    assertThat(result.changes().stream().filter(Rescoring.Change::countsOtherwise))
        .extracting(change -> change.before().arm() + " " + change.before().itemId())
        .containsExactly("llama " + ITEM, "plain " + ITEM);
    assertThat(result.changes()).hasSize(2 + 8);
    assertThat(result.graded()).isEqualTo(2 * 4 * 8 + 8);
    assertThat(result.withoutRaw()).isZero();
    assertThat(rescoring.compare(audit).changes()).hasSize(2 + 8);
  }

  @Test
  void whatIsWrittenIsWhatThePresentScorersSayAndTheReportOfTheOldGoes() {
    database.write(
        handle ->
            handle.execute(
                "insert into report (audit_id, shape, verdict, digest, body, stored_at)"
                    + " values (?, 's', 'PASS', 'd', '{}', current_timestamp)",
                audit));

    assertThat(rescoring.write(audit).changes()).hasSize(2 + 8);

    assertThat(store.outcomes(audit, "facts", "llama")).isEqualTo(graded);
    assertThat(rescoring.compare(audit).changes()).isEmpty();
    assertThat(store.facts(audit)).containsKey("scored again");
    assertThat(reports()).isZero();
  }

  @Test
  void aSignedAuditStaysAsItWas() {
    new SignOffs(database)
        .add(new SignOff(audit, "d", SignOff.Decision.APPROVED, "Ada", "fine", Instant.now()));

    assertThatThrownBy(() -> rescoring.write(audit))
        .isInstanceOf(AuditException.class)
        .hasMessageContaining("report is signed; what was signed stays as it was.");
    assertThat(rescoring.compare(audit).changes()).hasSize(2 + 8);
  }

  @Test
  void anOutcomeWithoutAStoredResultStays() {
    change("update outcome set content_key = null where item_id = ? and suite = 'facts'");

    Rescoring.Result result = rescoring.compare(audit);
    assertThat(result.withoutRaw()).isEqualTo(2);
    assertThat(result.changes().stream().filter(Rescoring.Change::countsOtherwise)).isEmpty();
  }

  @Test
  void anAuditThatIsNotThereOrWhoseSuiteIsAnotherIsSaid() {
    assertThatThrownBy(() -> rescoring.compare("nobody"))
        .hasMessage("There is no audit nobody; the newest are " + audit + " (old).");
    SuiteLibrary other = new TinySuites(folder.resolve("other")).library(9);
    assertThatThrownBy(() -> new Rescoring(database, other).compare(audit))
        .hasMessageContaining("of this audit (version 1.0.0, digest ")
        .hasMessageContaining("is not here any more; name the folder that holds it with --suite.");
    database.write(
        handle -> handle.execute("update audit set finished_at = null where id = ?", audit));
    assertThatThrownBy(() -> rescoring.write(audit)).hasMessageContaining("is not finished");
  }

  private void change(String statement) {
    database.write(handle -> handle.execute(statement, ITEM));
  }

  private long reports() {
    return database.read(
        handle -> handle.createQuery("select count(*) from report").mapTo(Long.class).one());
  }
}
