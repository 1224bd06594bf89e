package dev.palimpsest.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
final class SignOffPagesTest {
  @TempDir private Path data;
  private TestApp app;
  private SampleReport sample;
  private String id;

  @BeforeEach
  void start() {
    app = TestApp.start(data);
    sample = new SampleReport(app.suites, app.audits);
    id = sample.finished();
  }

  @AfterEach
  void stop() {
    app.close();
  }

  private String path() {
    return "/audits/" + id + "/sign-off";
  }

  private String digest() {
    return app.get(path())
        .body()
        .replaceAll("(?s).*name=\"digest\" value=\"([0-9a-f]{64})\".*", "$1");
  }

  private HttpResponse<String> sign(Map<String, String> changes) {
    Map<String, String> form = new HashMap<>();
    form.put("decision", "reject");
    form.put("signer", "Ada Byron");
    form.put("comment", "Knowledge is lost <b>badly</b>.");
    form.put("digest", digest());
    form.putAll(changes);
    return app.post(path(), path(), form);
  }

  @Test
  void aDecisionIsBoundToTheReportAndShownOnItAndInTheList() {
    assertThat(digest()).hasSize(64);
    assertThat(sign(Map.of()).statusCode()).isEqualTo(302);
    assertThat(app.get("/audits/" + id + "/report").body())
        .contains("Rejected by Ada Byron", "Knowledge is lost &lt;b&gt;badly&lt;/b&gt;.");
    assertThat(app.get("/audits").body()).contains("Rejected by Ada Byron");
  }

  @Test
  void aLaterDecisionIsAddedAndTheEarlierOneStays() {
    sign(Map.of());
    sign(Map.of("decision", "approve", "signer", "Grace Hopper"));
    assertThat(app.get("/audits").body()).contains("Approved by Grace Hopper");
    assertThat(app.get(path()).body()).contains("Ada Byron", "Grace Hopper", "Earlier decisions");
  }

  @Test
  void nameCommentAndDecisionAreRequiredAndWhatWasTypedStays() {
    for (String field : new String[] {"signer", "comment", "decision"}) {
      HttpResponse<String> answer = sign(Map.of(field, "  "));
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body()).contains("role=\"alert\"");
      assertThat(answer.body()).contains(field.equals("signer") ? "badly" : "Ada Byron");
    }
    assertThat(app.get("/audits").body()).contains("Not signed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Ada\u202EByron", "Ada\u0000", "A\u0007da", "Ada\u200BByron", "A\nB"})
  void aSignerWhoCannotBeReadAsWrittenIsRefused(String signer) {
    HttpResponse<String> answer = sign(Map.of("signer", signer));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("The signer&#39;s name h");
    assertThat(app.get("/audits").body()).contains("Not signed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"fine\u202Eeton", "\u0000fine", "fi\u0007ne"})
  void aCommentThatCannotBeReadAsWrittenIsRefused(String comment) {
    HttpResponse<String> answer = sign(Map.of("comment", comment));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("The comment holds a character that cannot be seen (U+");
  }

  @Test
  void aCommentKeepsItsLinesAndLettersAreStoredInOneForm() {
    sign(Map.of("comment", "one\r\ntwo", "signer", " Ame\u0301lie\u00a0"));
    assertThat(app.get(path()).body()).contains("one\ntwo", ">Am\u00e9lie<");
  }

  @Test
  void aStaleDigestIsRefusedWithASentence() {
    HttpResponse<String> answer = sign(Map.of("digest", "00".repeat(32)));
    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(answer.body()).contains("The report has changed since you opened this page");
    assertThat(app.get("/audits").body()).contains("Not signed");
  }

  @Test
  void anIncompleteAuditCannotBeSigned() {
    id = sample.running();
    assertThat(app.get(path()).body()).contains("not complete").doesNotContain("name=\"signer\"");
    HttpResponse<String> answer =
        app.post(
            "/checkpoints/new",
            path(),
            Map.of("decision", "approve", "signer", "A", "comment", "B"));
    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(app.get("/audits/" + id + "/report").body()).doesNotContain("Approved");
  }

  @Test
  void aReportThatChangedVoidsTheSignOffVisibly() {
    sign(Map.of());
    app.audits.put(id, "knowledge", "sql-forget", app.audits.pairs(id, "knowledge", "null-lora"));
    app.forgetReports();
    restart();
    assertThat(app.get("/audits").body()).contains("Void: the report changed");
    assertThat(app.get(path()).body()).contains("void, of another report");
  }

  /** Reports of finished audits are kept in memory, too; another process reads them anew. */
  private void restart() {
    app = app.restarted();
  }
}
