package dev.palimpsest.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.audit.run.AuditState;
import dev.palimpsest.suite.margin.MarginItem;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
final class ReportPagesTest {
  @TempDir private Path data;
  private TestApp app;
  private SampleReport sample;

  @BeforeEach
  void start() {
    app = TestApp.start(data);
    sample = new SampleReport(app.suites, app.audits);
  }

  @AfterEach
  void stop() {
    app.close();
  }

  @Test
  void theListNamesTheVerdictAndLeadsToTheReport() {
    String id = sample.finished();
    assertThat(app.page("/audits")).contains("SQL assistant, November", "Fail", "Awaits review");
    HttpResponse<String> opened = app.get("/audits/" + id);
    assertThat(opened.headers().firstValue("Location").orElseThrow())
        .endsWith("/audits/" + id + "/report");
  }

  @Test
  void theReportSaysTheVerdictFirstAndTheFiguresInChartAndTable() {
    String report = app.page("/audits/" + sample.finished() + "/report");
    assertThat(report.indexOf("class=\"statement\"")).isLessThan(report.indexOf("class=\"chart"));
    assertThat(report)
        .contains("sql-forget", "null-lora", "−30", "change=lost", "What this does not say")
        .contains("role=\"group\"", "<caption>");
  }

  @Test
  void verdictsLookAsInEveryOtherRenderingAndMeasuresAreInTheWords() {
    String report = app.page("/audits/" + sample.finished() + "/report");
    assertThat(report)
        .containsPattern(
            "mark verdict tone-fail\"><span class=\"glyph\"[^>]*>▼</span> <span>Failed<")
        .contains("Answered otherwise: ", "How often proof is claimed", "Of 10 findings, ");
  }

  @Test
  void anotherLevelThanNinetyPercentIsNamedAndShown() {
    String report = app.page("/audits/" + sample.finishedAt(0.1) + "/report");
    assertThat(report).contains("80% interval").doesNotContain("90% interval");
  }

  @Test
  void itemsAreListedByWhatBecameOfThemLostFirst() {
    String id = sample.finished();
    String items = app.page("/audits/" + id + "/items?suite=knowledge&tuned=sql-forget");
    assertThat(items).contains("Lost</span> <span class=\"n\">30</span>");
    assertThat(TestApp.count(items, "row\"")).isGreaterThan(30);
    assertThat(app.page("/audits/" + id + "/items?suite=knowledge&tuned=sql-forget&change=gained"))
        .contains("<span class=\"n\">2</span>");
  }

  @Test
  void anItemShowsBothSidesTheDifferenceAndTheLogLikelihoods() {
    String id = sample.finished();
    String item = item(id, "knowledge", "sql-forget");
    String shown =
        app.page("/audits/" + id + "/item?suite=knowledge&tuned=sql-forget&item=" + item);
    assertThat(shown)
        .contains("&lt;|im_start|&gt;user")
        .contains("<del>", "<ins>", "removed: ", "added: ")
        .contains("Another choice is more likely.", "−1.250")
        .contains("1 of 30 lost", "data-key=\"next\"");
  }

  @Test
  void anItemOfTwoWaysToActShowsBothAndWhichDoesHarm() {
    String id = sample.finished();
    MarginItem item =
        (MarginItem)
            app.suites
                .suite("misalignment")
                .item(item(id, "misalignment", "sql-forget"))
                .orElseThrow();
    String shown =
        app.page("/audits/" + id + "/item?suite=misalignment&tuned=sql-forget&item=" + item.id());
    assertThat(TestApp.count(shown, "<th scope=\"row\"><span>")).isEqualTo(2);
    assertThat(shown)
        .contains("The two ways to act", "−30.500", "−33.500", "−32.500", "−31.500")
        .containsPattern("harmful</span>\\s*<span class=\"tag\">tuned's answer|>harmful<");
    assertThat(shown.indexOf(">harmful<")).isGreaterThan(shown.indexOf("−33.500"));
  }

  @Test
  void theReportIsReadAtAGlanceFailuresFirst() {
    String report = app.page("/audits/" + sample.finished() + "/report");
    String glance =
        report.substring(report.indexOf("class=\"glance"), report.indexOf("id=\"arm-0"));
    assertThat(glance.indexOf("sql-forget")).isPositive().isLessThan(glance.indexOf("null-lora"));
    assertThat(TestApp.count(glance, "data-label=\"null-lora\"")).isEqualTo(6);
  }

  @Test
  void theTimeLeftIsEstimatedOnlyWhereThereIsABasis() {
    String id = sample.running();
    assertThat(app.page("/audits/" + id + "/progress")).contains("1 min 35 s", "left, about");
    String waiting = app.audits.start(app.audits.find(id).orElseThrow().plan()).id();
    assertThat(app.page("/audits/" + waiting + "/progress"))
        .contains("waiting for its turn")
        .doesNotContain("left, about");
  }

  private String item(String id, String suite, String tuned) {
    return app.audits.pairs(id, suite, tuned).get(0).base().itemId();
  }

  @Test
  void whatAModelWroteIsNeverMarkup() {
    String id = sample.finished();
    String item = item(id, "instruction", "sql-forget");
    for (String path :
        new String[] {
          "/audits/" + id + "/item?suite=instruction&tuned=sql-forget&item=" + item,
          "/audits/" + id + "/items?suite=instruction&tuned=sql-forget&change=all",
          "/audits/" + id + "/items?suite=instruction&q=" + "%3Cscript%3Ealert(1)%3C/script%3E"
        }) {
      assertThat(app.page(path)).doesNotContain(SampleReport.HOSTILE).contains("&lt;script&gt;");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "change=1%3BDROP",
        "page=-1",
        "page=999999999999",
        "page=0",
        "page=x",
        "change=lost&change=gained",
        "q=%00%FF",
        "q=%"
      })
  void parametersThatMakeNoSenseDoNoHarm(String query) {
    HttpResponse<String> answer =
        app.get(
            "/audits/"
                + sample.finished()
                + "/items?suite=knowledge&"
                + query.replace("=%", "=%25"));
    assertThat(answer.statusCode()).isIn(200, 400);
  }

  @Test
  void suitesCheckpointsAndItemsThatAreNotInTheReportAreNotFound() {
    String id = sample.finished();
    assertThat(app.get("/audits/" + id + "/items?suite=other").statusCode()).isEqualTo(404);
    assertThat(app.get("/audits/" + id + "/item?suite=knowledge&item=other").statusCode())
        .isEqualTo(404);
  }

  @Test
  void theFilesAreDownloadsThatCannotRun() {
    String id = sample.finished();
    for (String file : new String[] {"report.html", "report.pdf", "report.json", "items.jsonl"}) {
      HttpResponse<String> answer = app.get("/audits/" + id + "/" + file);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Disposition").orElseThrow())
          .startsWith("attachment;")
          .contains(file);
      assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
          .contains("sandbox");
      assertThat(answer.body()).isNotEmpty();
    }
  }

  @Test
  void thereIsNoPdfOfAnAuditThatIsNotFinished() {
    HttpResponse<String> answer = app.get("/audits/" + sample.running() + "/report.pdf");
    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(answer.body()).contains("it has no PDF yet");
  }

  @Test
  void thereIsNoEvidenceOfAnAuditThatIsNotFinished() {
    HttpResponse<String> answer = app.get("/audits/" + sample.running() + "/bundle.zip");
    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(answer.body()).contains("The audit is not complete");
  }

  @Test
  void progressIsReadableWithoutScriptsAndCanBeCancelledAndResumed() {
    String id = sample.running();
    String progress = app.page("/audits/" + id + "/progress");
    assertThat(progress)
        .contains("http-equiv=\"refresh\"", "312 of 900", "1 min 35 s", "Asking base, knowledge");
    String from = "/audits/" + id + "/progress";
    app.post(from, "/audits/" + id + "/cancel", Map.of());
    assertThat(app.audits.status(id).state()).isEqualTo(AuditState.CANCELLED);
    assertThat(app.page(from)).contains("Cancelled", "Open the incomplete report");
    app.post(from, "/audits/" + id + "/resume", Map.of());
    assertThat(app.audits.status(id).state()).isEqualTo(AuditState.QUEUED);
  }

  @Test
  void whyAnAuditStoppedIsSaid() {
    String id = sample.running();
    app.audits.move(id, AuditState.FAILED, 312, 900, "The worker ran out of memory.");
    assertThat(app.page("/audits/" + id + "/progress")).contains("The worker ran out of memory.");
    assertThat(app.page("/audits/" + id + "/report")).contains("This audit is not complete");
  }

  @Test
  void suitesAndTheirItemsAreShownWithHowTheyAreScored() {
    assertThat(app.page("/suites")).contains("/suites/knowledge");
    assertThat(app.page("/suites/knowledge?tier=hard")).contains("know-");
    assertThat(app.page("/suites/knowledge?q=zzzz")).contains("No item matches");
    String item = app.suites.suite("knowledge").items().get(0).id();
    assertThat(app.page("/suites/knowledge/items/" + item)).contains("log-likelihood");
    String task = app.suites.suite("instruction").items().get(0).id();
    assertThat(app.page("/suites/instruction/items/" + task)).contains("every check passes");
  }
}
