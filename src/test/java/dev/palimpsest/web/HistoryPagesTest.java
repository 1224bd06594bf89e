package dev.palimpsest.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The history of bases, the page of one checkpoint, and the words that pages explain. */
@Tag("slow")
final class HistoryPagesTest {
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
  void beforeAnyAuditIsFinishedTheHistorySaysSo() {
    assertThat(app.page("/history")).contains("No audit is finished yet");
    assertThat(app.get("/history?base=abc").statusCode()).isEqualTo(404);
  }

  @Test
  void theHistoryOfABaseShowsItsCheckpointsAndWhatWasReleased() {
    String first = sample.finished();
    String second = sample.finished();
    app.page("/audits/" + first + "/report");
    app.page("/audits/" + second + "/report");
    reject(second);
    String page = app.page("/history");
    assertThat(page)
        .contains("What became of <span>SmolLM2-135M-Instruct")
        .contains("<span>4 checkpoints</span> in <span>2 audits</span>")
        .contains("/audits/" + first + "/checkpoints/sql-forget")
        .contains("Rejected by Ada Byron", "Awaits review");
    assertThat(TestApp.count(page, "class=\"pf trajectory\"")).isEqualTo(5);
    assertThat(TestApp.count(page, "data-label=\"Knowledge\"")).isEqualTo(4);
  }

  private void reject(String audit) {
    String digest =
        Pattern.compile("name=\"digest\" value=\"([0-9a-f]{64})\"")
            .matcher(app.get("/audits/" + audit + "/sign-off?arm=sql-forget").body())
            .results()
            .findFirst()
            .orElseThrow()
            .group(1);
    app.post(
        "/audits/" + audit + "/sign-off?arm=sql-forget",
        "/audits/" + audit + "/sign-off",
        Map.of(
            "decision", "reject",
            "signer", "Ada Byron",
            "comment", "It forgot too much.",
            "arm", "sql-forget",
            "digest", digest));
  }

  @Test
  void aCheckpointHasAPageOfItsOwnWithItsSentenceAndTheItemsBehindIt() {
    String id = sample.finished();
    String page = app.page("/audits/" + id + "/checkpoints/sql-forget");
    assertThat(page)
        .contains("<h1 class=\"statement\">sql-forget may not be released.<", "What got worse")
        .contains(">sql-forget fails: ")
        .contains("change=lost", "tuned=sql-forget", "Compare with…", "ab".repeat(32))
        .contains("role=\"group\"", "What this does not say")
        .doesNotContain("tuned=null-lora");
    assertThat(app.get("/audits/" + id + "/checkpoints/nobody").statusCode()).isEqualTo(404);
    assertThat(app.page("/audits/" + id + "/report"))
        .contains("/audits/" + id + "/checkpoints/sql-forget");
  }

  @Test
  void everyWordIsExplainedOnceAndPagesExplainTheWordsThatTheyUse() {
    String glossary = app.page("/glossary");
    for (String id : new String[] {"base", "margin", "holm", "e-process", "noise-floor", "p"}) {
      assertThat(TestApp.count(glossary, "id=\"" + id + "\"")).as(id).isEqualTo(1);
    }
    String id = sample.finished();
    String page = app.page("/audits/" + id + "/checkpoints/sql-forget");
    assertThat(TestApp.count(page, "id=\"term-margin\"")).isEqualTo(1);
    assertThat(page)
        .contains("popovertarget=\"term-margin\"", "href=\"/glossary#margin\"")
        .contains("The largest drop that was declared acceptable before the run.");
  }
}
