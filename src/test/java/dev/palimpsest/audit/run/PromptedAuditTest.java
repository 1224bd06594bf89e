package dev.palimpsest.audit.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.Json;
import dev.palimpsest.audit.PairedOutcome;
import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.plan.TinySuites;
import dev.palimpsest.audit.prompt.PromptArms;
import dev.palimpsest.audit.prompt.PromptWish;
import dev.palimpsest.decoder.local.LocalRunner;
import dev.palimpsest.report.model.Report;
import dev.palimpsest.report.page.HtmlReport;
import dev.palimpsest.storage.Database;
import dev.palimpsest.suite.SuiteLibrary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tiny fixture model asked in other ways beside its adapter. */
@Tag("slow")
final class PromptedAuditTest {
  private static final int ITEMS = 12;

  @TempDir private Path folder;

  private AuditPlan plan(SuiteLibrary library) throws Exception {
    Path book = Files.createDirectories(folder.resolve("book"));
    Files.writeString(
        book.resolve("things.txt"), "The river is long.\n\nWhich of these is number 3?");
    return new PromptArms(library, Optional.empty())
        .add(
            TinyAudit.plan(library, "prompted", 3, TinyAudit.ADAPTER),
            List.of(
                PromptWish.parse("few-shot=2"),
                PromptWish.parse("system-prompt=Answer well."),
                PromptWish.parse("with-context=" + book)),
            List.of("facts"));
  }

  private SuiteLibrary library() {
    TinySuites suites = new TinySuites(folder.resolve("suites"));
    suites.library(ITEMS);
    return suites.withShots("facts", 3);
  }

  @Test
  void everyWayIsAskedItsOwnSuitesAndNoOthers() throws Exception {
    SuiteLibrary library = library();
    try (Database database = Database.inMemory();
        AuditService audits = AuditService.open(database, library, LocalRunner::open)) {
      AuditPlan plan = plan(library);
      Audit audit = audits.start(plan);
      AuditStatus status = TinyAudit.awaitEnd(audits, audit.id());
      assertThat(status.message()).isEmpty();
      assertThat(status.state()).isEqualTo(AuditState.FINISHED);

      for (String way : List.of("few-shot=2", "system-prompt", "with-context")) {
        assertThat(audits.pairs(audit.id(), "facts", way)).as(way).hasSize(ITEMS);
        assertThat(audits.pairs(audit.id(), "deeds", way)).as(way).isEmpty();
      }
      assertThat(prompts(audits, audit, "few-shot=2"))
          .allMatch(prompt -> prompt.contains("number 1000") && prompt.contains("number 1001"));
      assertThat(prompts(audits, audit, "system-prompt"))
          .allMatch(prompt -> prompt.contains("Answer well."));
      assertThat(prompts(audits, audit, "with-context"))
          .anyMatch(prompt -> prompt.contains("The river is long."));
      assertReported(Report.build(audits, audit.id()));
    }
  }

  private static List<String> prompts(AuditService audits, Audit audit, String way) {
    return audits.pairs(audit.id(), "facts", way).stream()
        .map(PairedOutcome::tuned)
        .map(outcome -> outcome.prompt())
        .toList();
  }

  /** No finding, gate or line of items.jsonl is about a way to ask. */
  private static void assertReported(Report report) throws Exception {
    JsonNode json = Json.mapper().readTree(report.json());
    assertThat(json.get("tuned")).hasSize(1);
    assertThat(json.get("capabilities")).hasSize(3);
    assertThat(json.at("/items/lines").intValue()).isEqualTo(3 * ITEMS);
    assertThat(json.at("/decision/arms")).hasSize(3);
    assertThat(json.at("/decision/rows")).hasSize(1);
    assertThat(json.at("/decision/rows/0/n").intValue()).isEqualTo(ITEMS);
    assertThat(json.at("/decision/rows/0/arms")).hasSize(4);
    assertThat(HtmlReport.html(report)).contains("Was tuning needed?", "system-prompt:");
  }

  /** The plan alone says what is given: folder and training file may be gone. */
  @Test
  void aRunGoesOnWithoutTheFolder() throws Exception {
    SuiteLibrary library = library();
    AuditPlan plan = plan(library);
    Files.delete(folder.resolve("book/things.txt"));
    try (Database database = Database.inMemory();
        AuditService audits = AuditService.open(database, library, LocalRunner::open)) {
      Audit audit = audits.start(plan);
      assertThat(TinyAudit.awaitEnd(audits, audit.id()).state()).isEqualTo(AuditState.FINISHED);
      assertThat(audits.status(audit.id()).done()).isEqualTo(audits.status(audit.id()).total());
    }
  }
}
