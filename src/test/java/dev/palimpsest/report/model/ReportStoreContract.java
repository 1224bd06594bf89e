package dev.palimpsest.report.model;

import static java.util.concurrent.CompletableFuture.runAsync;
import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.audit.run.AuditService;
import dev.palimpsest.audit.verdict.ReleaseVerdict;
import dev.palimpsest.storage.Database;
import dev.palimpsest.suite.SuiteLibrary;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Reports of finished audits, as every database has to keep them. */
abstract class ReportStoreContract {
  private final Database database = fresh();
  private final ReportStore store = new ReportStore(database);
  private final SampleAudit sample = SampleAudit.large();
  private final Audit audit = sample.result().audit();
  private final Report report = sample.report();

  /** Where items would come from, which no test here asks for. */
  private final AuditService audits =
      AuditService.open(
          database,
          SuiteLibrary.bundled(),
          spec -> {
            throw new AssertionError("no audit runs here");
          });

  /** Returns a database that nobody else uses, with nothing in it. */
  abstract Database fresh();

  @AfterEach
  void close() {
    audits.close();
    database.close();
  }

  @Test
  void aReportComesBackByteForByte() {
    store.put(report);
    Report found = find().orElseThrow();
    assertThat(found.json()).isEqualTo(report.json());
    assertThat(found.digest()).isEqualTo(report.digest());
    assertThat(found.data()).isEqualTo(report.data());
  }

  @Test
  void whatWasNotStoredIsNotThere() {
    assertThat(find()).isEmpty();
    assertThat(store.summaries(List.of(audit.id()))).isEmpty();
    assertThat(store.summaries(List.of())).isEmpty();
  }

  @Test
  void listsShowVerdictAndDigestOfThoseAskedFor() {
    store.put(report);
    assertThat(store.summaries(List.of("another", audit.id())))
        .containsOnlyKeys(audit.id())
        .containsValue(new ReportStore.Summary(ReleaseVerdict.FAIL, report.digest()));
    assertThat(store.summaries(List.of("another"))).isEmpty();
  }

  @Test
  void aReportOfOtherFieldsCountsAsNotMadeAndIsReplaced() {
    store.put(report);
    execute("update report set shape = 'of a version before', digest = 'old', body = '{}'");
    assertThat(find()).isEmpty();
    assertThat(store.summaries(List.of(audit.id()))).isEmpty();
    store.put(report);
    assertThat(find()).map(Report::digest).contains(report.digest());
    assertThat(store.summaries(List.of(audit.id())).get(audit.id()).digest())
        .isEqualTo(report.digest());
  }

  @Test
  void aReportThatCannotBeReadCountsAsNotMade() {
    store.put(report);
    execute("update report set body = '{'");
    assertThat(find()).isEmpty();
  }

  /** Servers that share a database may find at the same time that a report is missing. */
  @Test
  void manyMayStoreTheSameReportAtOnce() {
    CompletableFuture<?>[] at =
        IntStream.range(0, 6)
            .mapToObj(i -> runAsync(() -> store.put(report)))
            .toArray(CompletableFuture<?>[]::new);
    CompletableFuture.allOf(at).join();
    assertThat(find()).map(Report::digest).contains(report.digest());
  }

  @Test
  void theHistoryOfABaseIsReadWithoutReports() {
    store.put(report);
    store.put(report);
    execute("update report set body = '{'");
    History history = new History(database);
    assertThat(history.bases(10))
        .containsExactly(
            new History.Base(
                "b".repeat(64),
                "SmolLM2-135M-Instruct",
                1,
                3,
                Instant.parse("2026-11-24T03:00:00Z")));
    List<History.Entry> entries = history.entries("b".repeat(64), 10);
    assertThat(entries)
        .extracting(History.Entry::tuned)
        .containsExactly("null-lora", "json-format", "sql-forget");
    History.Entry last = entries.get(2);
    ReportData.Capability knowledge =
        report.data().capabilities().stream()
            .filter(one -> one.tuned().equals("sql-forget") && one.suite().equals("knowledge"))
            .findFirst()
            .orElseThrow();
    assertThat(last.verdict()).isEqualTo(ReleaseVerdict.FAIL);
    assertThat(last.figures()).hasSize(4);
    assertThat(last.figures().get(0))
        .isEqualTo(
            new History.Figure(
                "knowledge",
                "d".repeat(64),
                "knowledge",
                200,
                knowledge.delta(),
                knowledge.ci().get(0),
                knowledge.ci().get(1),
                0.05,
                knowledge.verdict()));
    assertThat(history.entries("b".repeat(64), 2)).hasSize(2);
    assertThat(history.entries("another", 10)).isEmpty();
  }

  @Test
  void theHistoryGoesWithItsReportAndIsOfItsShape() {
    store.put(report);
    History history = new History(database);
    execute("update report_arm set shape = 'of a version before'");
    assertThat(history.bases(10)).isEmpty();
    store.put(report);
    assertThat(history.bases(10)).hasSize(1);
    execute("delete from report");
    assertThat(history.bases(10)).isEmpty();
  }

  private Optional<Report> find() {
    return store.find(audits, audit);
  }

  private void execute(String statement) {
    database.write(handle -> handle.execute(statement));
  }
}
