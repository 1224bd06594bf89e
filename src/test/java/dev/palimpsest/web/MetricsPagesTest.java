package dev.palimpsest.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.account.ApiToken.Scope;
import dev.palimpsest.account.NewUser;
import dev.palimpsest.account.User;
import dev.palimpsest.account.UserRole;
import dev.palimpsest.ledger.Ledger;
import dev.palimpsest.ledger.LedgerEntry;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The figures for a monitoring system, and who may read them. */
final class MetricsPagesTest {
  /** A line of the text format: a comment, or a name, labels and a number. */
  private static final String LINE =
      "# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\\{[a-z]+=\"[^\"]*\"(,[a-z]+=\"[^\"]*\")*})? -?[0-9]+(\\.[0-9]+)?";

  @TempDir private Path data;
  private TestApp app;

  @BeforeEach
  void start() {
    app = TestApp.start(data);
  }

  @AfterEach
  void stop() {
    app.close();
  }

  @Test
  void requestsAreCountedByTheirRouteAndNeverByWhatWasAsked() {
    String id = new SampleReport(app.suites, app.audits).finished();
    app.get("/audits/" + id + "/items?q=a+secret+prompt");
    app.get("/audits/" + id + "/items");
    app.get("/nothing-of-the-sort");

    HttpResponse<String> answer = app.get("/metrics");
    assertThat(answer.headers().firstValue("Content-Type"))
        .hasValue("text/plain; version=0.0.4; charset=utf-8");
    List<String> lines = answer.body().lines().toList();
    assertThat(lines).allMatch(line -> line.matches(LINE));
    assertThat(lines)
        .contains(
            "palimpsest_http_requests_total{method=\"GET\",route=\"/audits/{id}/items\",status=\"200\"} 2",
            "palimpsest_http_requests_total{method=\"GET\",route=\"\",status=\"404\"} 1",
            "palimpsest_up 1",
            "palimpsest_queue_length 0")
        .anyMatch(line -> line.matches("palimpsest_database_bytes [1-9]\\d{4,}"))
        .anyMatch(line -> line.matches("palimpsest_heap_used_bytes [1-9]\\d{6,}"));
    assertThat(answer.body()).doesNotContain("secret", id, "nothing-of-the-sort");
    assertThat(lines.stream().filter(line -> line.startsWith("# TYPE")).distinct().count())
        .isEqualTo(lines.stream().filter(line -> line.startsWith("# TYPE")).count());
  }

  @Test
  void jobsAndTheLedgerAreThoseOfTheDatabase() {
    app.audits.keepRowsIn(app.database());
    String id = new SampleReport(app.suites, app.audits).running();
    app.database()
        .write(
            handle ->
                handle.execute(
                    "insert into job (audit_id, state, message, queued_at) values (?, 'QUEUED', '',"
                        + " current_timestamp)",
                    id));
    new Ledger(app.database())
        .add(
            LedgerEntry.of(
                "audit.planned",
                LedgerEntry.Actor.LOCAL,
                new LedgerEntry.Subject("audit", id, "ab".repeat(32)),
                Map.of()));
    assertThat(app.get("/metrics").body().lines())
        .contains(
            "palimpsest_audits{state=\"QUEUED\"} 1",
            "palimpsest_queue_length 1",
            "palimpsest_ledger_rows 1")
        .anyMatch(line -> line.startsWith("palimpsest_ledger_head_timestamp_seconds 1"));
  }

  @Test
  void bytesOfUploadsAreCounted() {
    String url =
        DescribedApi.json(
                app.postJson(
                        "/api/checkpoints",
                        "{\"name\":\"a\",\"kind\":\"base\",\"files\":[{\"path\":\"config.json\",\"size\":3}]}")
                    .body())
            .path("files")
            .path(0)
            .path("url")
            .textValue();
    app.send(
        HttpRequest.newBuilder(app.uri(url))
            .header("Tus-Resumable", "1.0.0")
            .header("Upload-Offset", "0")
            .header("Content-Type", "application/offset+octet-stream")
            .method("PATCH", HttpRequest.BodyPublishers.ofString("{ }")));
    assertThat(app.get("/metrics").body().lines()).contains("palimpsest_upload_bytes_total 3");
  }

  @Test
  void fromElsewhereATokenWithItsScopeIsNeeded() throws Exception {
    User ada =
        app.accounts().users().add(new NewUser("ada", "", UserRole.ADMINISTRATOR), Person.PASSWORD);
    assertThat(status("", "")).isEqualTo(200);
    assertThat(status("X-Forwarded-For", "192.0.2.1")).isEqualTo(401);
    String reads = app.accounts().tokens().add(ada, "reads", EnumSet.of(Scope.READ), 1);
    String watches = app.accounts().tokens().add(ada, "watches", EnumSet.of(Scope.METRICS), 1);
    assertThat(byToken(reads)).isEqualTo(403);
    assertThat(byToken(watches)).isEqualTo(200);
  }

  private int byToken(String token) throws Exception {
    return send(
        HttpRequest.newBuilder(app.uri("/metrics"))
            .header("X-Forwarded-For", "192.0.2.1")
            .header("Authorization", "Bearer " + token));
  }

  private int status(String header, String value) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(app.uri("/metrics"));
    return send(header.isEmpty() ? request : request.header(header, value));
  }

  private static int send(HttpRequest.Builder request) throws Exception {
    return HttpClient.newBuilder()
        .followRedirects(HttpClient.Redirect.NEVER)
        .build()
        .send(request.build(), BodyHandlers.ofString())
        .statusCode();
  }
}
