package dev.palimpsest.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.account.SignOff;
import dev.palimpsest.account.SignOffs;
import dev.palimpsest.account.TestClock;
import dev.palimpsest.ledger.Ledger;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
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
  private final TestClock clock = new TestClock(Instant.now());
  private TestApp app;
  private SampleReport sample;
  private String id;

  @BeforeEach
  void start() {
    app = TestApp.startAt(data, clock);
    sample = new SampleReport(app.suites, app.audits);
    id = sample.finished();
  }

  @AfterEach
  void stop() {
    app.close();
  }

  private String path() {
    return path("sql-forget");
  }

  private String path(String arm) {
    return "/audits/" + id + "/sign-off?arm=" + arm;
  }

  private String digest() {
    return app.get(path())
        .body()
        .replaceAll("(?s).*name=\"digest\" value=\"([0-9a-f]{64})\".*", "$1");
  }

  private String turn(String arm) {
    String page = app.get(path(arm)).body();
    return page.replaceAll("(?s).*name=\"turn\" value=\"(\\d+)\".*", "$1");
  }

  private HttpResponse<String> sign(Map<String, String> changes, String... accepted) {
    Map<String, String> form = new HashMap<>();
    form.put("decision", "reject");
    form.put("signer", "Ada Byron");
    form.put("comment", "Knowledge is lost <b>badly</b>.");
    form.put("digest", digest());
    form.put("arm", "sql-forget");
    form.put("turn", turn(changes.getOrDefault("arm", "sql-forget")));
    form.putAll(changes);
    return post(form, accepted);
  }

  private HttpResponse<String> post(Map<String, String> form, String... accepted) {
    StringBuilder body = new StringBuilder(TestApp.form(form));
    for (String one : accepted) {
      body.append('&').append(TestApp.form(Map.of("accepted", one)));
    }
    body.append('&').append(TestApp.form(Map.of("_token", TestApp.token(app.get(path()).body()))));
    return app.send(
        HttpRequest.newBuilder(app.uri("/audits/" + id + "/sign-off"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(body.toString())));
  }

  private String[] regressions() {
    return Pattern.compile("name=\"accepted\" value=\"([^\"]+)\"")
        .matcher(app.get(path()).body())
        .results()
        .map(found -> found.group(1))
        .toArray(String[]::new);
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
    sign(Map.of("decision", "conditions", "signer", "Grace Hopper"), regressions());
    assertThat(app.get("/audits").body())
        .contains("Approved with conditions by Grace Hopper, unauthenticated");
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
    assertThat(app.get("/audits").body()).contains("Awaits review");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Ada\u202EByron", "Ada\u0000", "A\u0007da", "Ada\u200BByron", "A\nB"})
  void aSignerWhoCannotBeReadAsWrittenIsRefused(String signer) {
    HttpResponse<String> answer = sign(Map.of("signer", signer));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("The signer&#39;s name h");
    assertThat(app.get("/audits").body()).contains("Awaits review");
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
    assertThat(app.get("/audits").body()).contains("Awaits review");
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

  @Test
  void eachCheckpointIsDecidedOnByItself() {
    assertThat(sign(Map.of("arm", "null-lora", "decision", "approve")).statusCode()).isEqualTo(302);
    assertThat(sign(Map.of()).statusCode()).isEqualTo(302);
    assertThat(app.get("/audits").body())
        .contains("null-lora: Approved by Ada Byron, unauthenticated")
        .contains("sql-forget: Rejected by Ada Byron, unauthenticated");
    assertThat(app.get("/audits/" + id + "/sign-off").body())
        .contains("Each checkpoint is decided on by itself", path("null-lora"), path());
    assertThat(app.get("/audits/" + id + "/report.html").body())
        .contains("Approved by Ada Byron, unauthenticated", "Rejected by Ada Byron");
    assertThat(app.get("/reviews").body()).contains("Nothing waits for your decision");
  }

  @Test
  void provenRegressionsAreAcceptedByNameAllOfThemOrTheCheckpointIsNotApproved() {
    assertThat(regressions()).contains("gate/knowledge/maxDrop").hasSizeGreaterThan(1);
    assertThat(sign(Map.of("decision", "approve")).body())
        .contains("has proven regressions (", "gate/knowledge/maxDrop");
    assertThat(sign(Map.of("decision", "conditions"), "gate/knowledge/maxDrop").body())
        .contains("To approve with conditions is to accept every proven regression");
    assertThat(sign(Map.of("decision", "conditions"), "gate/none/maxDrop").body())
        .contains("is not in the report");
    assertThat(app.get("/audits").body()).contains("Awaits review");

    Map<String, String> terms = Map.of("decision", "conditions", "condition", "SQL only.");
    assertThat(sign(terms, regressions()).statusCode()).isEqualTo(302);
    assertThat(app.get("/audits/" + id + "/report").body())
        .contains("accepted: gate/", "gate/knowledge/maxDrop", "condition: SQL only.");
  }

  @Test
  void termsThatDoNotFitTheDecisionAreSaidAndNothingIsSigned() {
    Map<String, String> approval = Map.of("arm", "null-lora", "decision", "approve");
    Map<String, String> conditional = new HashMap<>(approval);
    conditional.put("condition", "SQL only.");
    assertThat(sign(conditional).body())
        .contains("choose &quot;approve it with conditions&quot;, or empty the condition")
        .contains("SQL only.");
    assertThat(sign(Map.of("decision", "reject", "condition", "SQL only.")).body())
        .contains("A rejection has no conditions");
    assertThat(sign(Map.of("decision", "reject"), "gate/knowledge/maxDrop").body())
        .contains("A rejection has no conditions");
    assertThat(sign(Map.of("decision", "reject", "expires", "2099-01-01")).body())
        .contains("A rejection has no last day");
    assertThat(new SignOffs(app.database()).of(id)).isEmpty();
  }

  @Test
  void anApprovalEndsAfterItsLastDay() {
    assertThat(
            sign(Map.of("arm", "null-lora", "decision", "approve", "expires", "2026-02-30")).body())
        .contains("is not a day like 2027-01-31");
    assertThat(
            sign(Map.of("arm", "null-lora", "decision", "approve", "expires", "2020-01-01")).body())
        .contains("would have ended on 2020-01-01 already");
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    sign(Map.of("arm", "null-lora", "decision", "approve", "expires", today.toString()));
    assertThat(app.get("/audits").body()).contains("null-lora: Approved by Ada Byron");
    clock.pass(Duration.ofDays(1));
    assertThat(app.get("/audits").body())
        .contains("null-lora: Expired on " + today + ", was approved by Ada Byron");
    assertThat(app.get("/reviews").body()).contains("null-lora", "Expired on " + today);
  }

  @Test
  void whatIsSentTwiceIsThereOnceAndAnotherDecisionOfThatTurnIsRefused() {
    Map<String, String> form = Map.of("turn", turn("sql-forget"));
    assertThat(sign(form).statusCode()).isEqualTo(302);
    assertThat(sign(form).statusCode()).isEqualTo(302);
    assertThat(new SignOffs(app.database()).of(id)).hasSize(1);
    HttpResponse<String> other = sign(Map.of("turn", "0", "comment", "Quite another reason."));
    assertThat(other.statusCode()).isEqualTo(400);
    assertThat(other.body()).contains("was decided on since you opened the page");
    assertThat(new SignOffs(app.database()).of(id)).hasSize(1);
    assertThat(new Ledger(app.database()).fault()).isEmpty();
  }

  @Test
  void theQueueShowsWhatWaitsAndTheNavigationHowMuch() {
    app.get("/audits/" + id + "/report");
    assertThat(app.page("/reviews"))
        .contains("Waiting for me", "null-lora", "sql-forget", "Awaits review")
        .contains("<span class=\"n\">2</span>");
    sign(Map.of());
    assertThat(app.page("/reviews")).contains("null-lora", "<span class=\"n\">1</span>");
  }

  @Test
  void aDecisionOnAWholeAuditOfAnEarlierVersionIsOneOnEveryCheckpoint() {
    new SignOffs(app.database())
        .add(
            new SignOff(
                id,
                digest(),
                SignOff.Decision.REJECTED,
                "Ann",
                "Of another time.",
                Instant.parse("2026-01-02T03:04:05Z")));
    assertThat(app.get("/audits").body()).contains("Rejected by Ann, unauthenticated");
    for (String arm : new String[] {"null-lora", "sql-forget"}) {
      assertThat(app.get(path(arm)).body())
          .contains("Rejected by Ann", "all checkpoints of the audit");
    }
    sign(Map.of("arm", "null-lora", "decision", "approve"));
    assertThat(app.get("/audits").body())
        .contains("null-lora: Approved by Ada Byron", "sql-forget: Rejected by Ann");
  }
}
