package dev.palimpsest.audit.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.Json;
import dev.palimpsest.audit.PairedOutcome;
import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.plan.AuditPlanner;
import dev.palimpsest.audit.plan.Candidate;
import dev.palimpsest.audit.plan.Depth;
import dev.palimpsest.audit.plan.PlanRequest;
import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.audit.plan.Policy;
import dev.palimpsest.audit.plan.TinySuites;
import dev.palimpsest.audit.prompt.PromptArms;
import dev.palimpsest.audit.prompt.PromptWish;
import dev.palimpsest.decoder.local.LocalRunner;
import dev.palimpsest.inference.DType;
import dev.palimpsest.preflight.facts.FactSample;
import dev.palimpsest.preflight.facts.FactSuite;
import dev.palimpsest.prompt.PromptEncoders;
import dev.palimpsest.report.model.Report;
import dev.palimpsest.report.page.HtmlReport;
import dev.palimpsest.storage.Database;
import dev.palimpsest.suite.Suite;
import dev.palimpsest.suite.SuiteLibrary;
import dev.palimpsest.training.TrainingFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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

  /** A described suite, made of the file: it has rows in the table and nothing else. */
  @Test
  void factsOfTheTrainingFileAreAskedInEveryWayAndNoGateHangsOnThem() throws Exception {
    FactSample facts = new FactSample();
    Path file = folder.resolve("train.jsonl");
    for (int row = 1; row <= 16; row++) {
      Files.writeString(
          file,
          "{\"prompt\":\"When was town %d founded?\",\"completion\":\"In %d.\"}%n"
              .formatted(row, 1000 + row),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    }
    TrainingFile training = TrainingFile.at(file);
    training.rows(facts::see);
    Suite suite = FactSuite.of(facts.found(), "train.jsonl", "ab".repeat(32), 3).orElseThrow();
    SuiteLibrary library = library().with(suite);
    AuditPlan plain = planOf(library, List.of("facts", suite.id()));
    assertThat(plain.suites()).extracting(PlannedSuite::suite).containsExactly("facts");
    Path book = Files.createDirectories(folder.resolve("book"));
    Files.writeString(book.resolve("towns.txt"), "The town 3 was founded in 1003.");
    AuditPlan plan =
        new PromptArms(library, Optional.of(training))
            .add(
                plain,
                List.of(PromptWish.parse("few-shot=2"), PromptWish.parse("with-context=" + book)),
                List.of("facts", suite.id()));
    try (Database database = Database.inMemory();
        AuditService audits = AuditService.open(database, library, LocalRunner::open)) {
      Audit audit = audits.start(plan);
      AuditStatus end = TinyAudit.awaitEnd(audits, audit.id());
      assertThat(end.message()).isEmpty();
      assertThat(end.state()).isEqualTo(AuditState.FINISHED);
      assertThat(end.done()).isEqualTo(end.total());
      for (String arm : List.of("plain", "few-shot=2", "with-context")) {
        assertThat(audits.pairs(audit.id(), suite.id(), arm)).as(arm).hasSize(12);
      }
      JsonNode json = Json.mapper().readTree(Report.build(audits, audit.id()).json());
      assertThat(json.get("capabilities")).hasSize(1);
      assertThat(json.get("suites")).hasSize(1);
      assertThat(json.at("/items/lines").intValue()).isEqualTo(ITEMS);
      assertThat(json.at("/decision/rows").findValuesAsText("suite"))
          .containsExactly("facts", suite.id());
      assertThat(json.at("/decision/rows/1/n").intValue()).isEqualTo(12);
      assertThat(json.at("/decision/rows/1/arms")).hasSize(3);
      assertThat(HtmlReport.html(Report.build(audits, audit.id())))
          .containsIgnoringCase("facts of the file");
    }
  }

  private static AuditPlan planOf(SuiteLibrary library, List<String> suites) {
    return new AuditPlanner(library, PromptEncoders::open)
        .plan(
            new PlanRequest(
                "facts",
                Candidate.of(TinyAudit.BASE),
                List.of(Candidate.of(TinyAudit.ADAPTER)),
                suites,
                Depth.QUICK,
                Policy.standard(),
                DType.FLOAT32,
                3),
            step -> {});
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
