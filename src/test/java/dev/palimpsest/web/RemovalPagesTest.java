package dev.palimpsest.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.Json;
import dev.palimpsest.audit.Arm;
import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.run.AuditState;
import dev.palimpsest.registry.UploadTimes;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is removed is gone from lists and disk, after a page that said what depends on it. */
@Tag("slow")
final class RemovalPagesTest {
  private static final String FIVE_BYTES = "01234";

  @TempDir private Path data;
  private final AtomicLong free = new AtomicLong(1L << 40);
  private final SettableClock clock = new SettableClock();
  private TestApp app;

  @BeforeEach
  void start() {
    UploadTimes times =
        new UploadTimes(
            Duration.ofHours(1), Duration.ofMinutes(5), Duration.ofDays(7), Duration.ofMillis(20));
    app =
        TestApp.start(
            data,
            TestApp.With.standard()
                .anythingIsACheckpoint()
                .room(free::get)
                .times(times)
                .clock(clock));
  }

  @AfterEach
  void stop() {
    app.close();
  }

  private JsonNode declare(String name, String kind, String base, long size) throws Exception {
    HttpResponse<String> answer =
        app.postJson(
            "/api/checkpoints",
            """
            {"name": "%s", "kind": "%s", "base": "%s", "files": [{"path": "config.json", "size": %d}]}
            """
                .formatted(name, kind, base, size));
    return Json.mapper().readTree(answer.body());
  }

  private String declared(String name, long size) throws Exception {
    return declare(name, "base", "", size).path("id").textValue();
  }

  private String ready(String name, String kind, String base) throws Exception {
    JsonNode declared = declare(name, kind, base, FIVE_BYTES.length());
    send(declared.path("files").path(0).path("url").textValue());
    String id = declared.path("id").textValue();
    while (!state(id).equals("READY")) {
      Thread.onSpinWait();
    }
    return id;
  }

  private void send(String url) {
    app.send(
        HttpRequest.newBuilder(app.uri(url))
            .header("Tus-Resumable", "1.0.0")
            .header("Content-Type", "application/offset+octet-stream")
            .header("Upload-Offset", "0")
            .method("PATCH", BodyPublishers.ofString(FIVE_BYTES)));
  }

  private String state(String id) throws Exception {
    return Json.mapper()
        .readTree(app.get("/api/checkpoints/" + id).body())
        .path("state")
        .asText("gone");
  }

  private HttpResponse<String> remove(String what) {
    return app.post("/checkpoints/new", what + "/remove", Map.of());
  }

  private String page(String what) {
    return app.get(what + "/remove").body();
  }

  @Test
  void aReadyCheckpointInNoAuditIsRemovedWithItsFiles() throws Exception {
    String id = ready("alone", "base", "");
    assertThat(app.get("/checkpoints/" + id).body()).contains("/checkpoints/" + id + "/remove");
    assertThat(page("/checkpoints/" + id))
        .contains("Remove alone?", "5\u00a0B on disk", "Nothing depends on it.");
    assertThat(data.resolve("checkpoints").resolve(id)).isDirectory();
    assertThat(remove("/checkpoints/" + id).statusCode()).isEqualTo(302);
    assertThat(data.resolve("checkpoints").resolve(id)).doesNotExist();
    assertThat(app.get("/checkpoints/" + id).statusCode()).isEqualTo(404);
    assertThat(app.get("/checkpoints").body()).contains("No checkpoint yet");
  }

  @Test
  void aBaseStaysWhileSomethingWasTunedFromIt() throws Exception {
    String base = ready("the base", "base", "");
    String tuned = declare("the tuned", "full", base, 5).path("id").textValue();
    assertThat(page("/checkpoints/" + base))
        .contains("It is the base of the tuned; remove what was tuned from it first.")
        .contains("href=\"/checkpoints/" + tuned + "\"")
        .doesNotContain("Remove it for good");
    HttpResponse<String> refused = remove("/checkpoints/" + base);
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(refused.body()).contains("It is the base of the tuned");
    assertThat(state(base)).isEqualTo("READY");
    remove("/checkpoints/" + tuned);
    assertThat(remove("/checkpoints/" + base).statusCode()).isEqualTo(302);
  }

  @Test
  void aCheckpointStaysWhileAnAuditRunsAndNamesTheAuditsThatUsedIt() throws Exception {
    String id = ready("audited", "base", "");
    String audit = audit("Uses it", app.checkpoints().get(id).location());
    assertThat(page("/checkpoints/" + id))
        .contains("It is being audited by Uses it", "href=\"/audits/" + audit + "\"");
    assertThat(remove("/checkpoints/" + id).statusCode()).isEqualTo(409);
    app.audits.move(audit, AuditState.FINISHED, 1, 1, "");
    assertThat(page("/checkpoints/" + id)).contains("Uses it", "Its report stays as it is");
    assertThat(remove("/checkpoints/" + id).statusCode()).isEqualTo(302);
    assertThat(app.get("/audits/" + audit + "/report").statusCode()).isEqualTo(200);
  }

  private String audit(String name, Path base) {
    SampleReport sample = new SampleReport(app.suites, app.audits);
    AuditPlan plan = app.audits.find(sample.running()).orElseThrow().plan();
    Arm arm = new Arm("base", Arm.Role.BASE, base, Optional.empty(), "d", "d");
    String id =
        app.audits
            .start(
                new AuditPlan(
                    name,
                    plan.depth(),
                    arm,
                    plan.tuned(),
                    plan.suites(),
                    plan.dtype(),
                    plan.alpha(),
                    plan.seed()))
            .id();
    app.audits.move(id, AuditState.RUNNING, 0, 1, "");
    return id;
  }

  @Test
  void anUploadThatIsBeingSentIsRemovedUnderItsSender() throws Exception {
    JsonNode declared = declare("half", "base", "", 10);
    String id = declared.path("id").textValue();
    String url = declared.path("files").path(0).path("url").textValue();
    try (RawHttp raw = RawHttp.to(app)) {
      raw.write(
          "PATCH "
              + url
              + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nTus-Resumable: 1.0.0\r\n"
              + "Content-Type: application/offset+octet-stream\r\nUpload-Offset: 0\r\n"
              + "Content-Length: 10\r\nExpect: 100-continue\r\n\r\n");
      assertThat(raw.readLine()).isEqualTo("HTTP/1.1 100 Continue");
      raw.readLine();
      raw.write("01234");
      assertThat(page("/checkpoints/" + id)).contains("What was received of it is deleted");
      assertThat(remove("/checkpoints/" + id).statusCode()).isEqualTo(302);
      assertThat(data.resolve("uploads").resolve(id)).doesNotExist();
      raw.write("56789");
      assertThat(raw.readAll()).startsWith("HTTP/1.1 4");
    }
    assertThat(data.resolve("uploads").resolve(id)).doesNotExist();
    assertThat(state(id)).isEqualTo("gone");
  }

  @Test
  void anUploadThatNobodyGoesOnWithIsThrownAwayWhileTheServerRuns() throws Exception {
    String id = declared("left", 10);
    clock.forward(Duration.ofDays(8));
    while (!state(id).equals("gone")) {
      Thread.onSpinWait();
    }
    assertThat(data.resolve("uploads").resolve(id)).doesNotExist();
  }

  @Test
  void whatWasDeclaredAndNotSentBlocksOthersForMinutesOnly() throws Exception {
    free.set(60_000_000_000L);
    declared("large", 60_000_000_000L);
    assertThat(declare("small", "base", "", 5).path("error").textValue()).contains("free some");
    clock.forward(Duration.ofMinutes(6));
    assertThat(declare("small", "base", "", 5).path("id").textValue()).isNotNull();
  }

  @Test
  void whatACrashLeftOfARemovalIsGoneAfterTheNextStart() throws Exception {
    Files.createDirectories(data.resolve("checkpoints/unknown/files"));
    Files.createDirectories(data.resolve("uploads/unknown"));
    app = app.restarted();
    assertThat(data.resolve("checkpoints/unknown")).doesNotExist();
    assertThat(data.resolve("uploads/unknown")).doesNotExist();
  }

  @Test
  void anAuditIsRemovedUnlessItIsUnderWayOrSigned() {
    SampleReport sample = new SampleReport(app.suites, app.audits);
    String running = "/audits/" + sample.running();
    assertThat(page(running)).contains("It is under way; cancel it first");
    assertThat(remove(running).statusCode()).isEqualTo(409);

    String finished = "/audits/" + sample.finished();
    assertThat(app.get(finished + "/report").body()).contains(finished + "/remove");
    assertThat(page(finished)).contains("Room that comes back", "1.2\u00a0MB");
    sign(finished);
    assertThat(page(finished)).contains("It is signed by Ada Byron").doesNotContain("for good");
    assertThat(remove(finished).statusCode()).isEqualTo(409);
    assertThat(app.get(finished + "/report").statusCode()).isEqualTo(200);

    String other = "/audits/" + sample.finished();
    assertThat(remove(other).statusCode()).isEqualTo(302);
    assertThat(app.get(other).statusCode()).isEqualTo(404);
    assertThat(app.get("/audits").body()).contains(finished).doesNotContain(other + "\"");
  }

  private void sign(String audit) {
    String digest =
        app.get(audit + "/sign-off?arm=sql-forget")
            .body()
            .replaceAll("(?s).*name=\"digest\" value=\"([0-9a-f]{64})\".*", "$1");
    Map<String, String> form =
        Map.of(
            "decision", "reject",
            "signer", "Ada Byron",
            "comment", "no",
            "arm", "sql-forget",
            "digest", digest);
    app.post(audit + "/sign-off?arm=sql-forget", audit + "/sign-off", form);
  }

  @Test
  void removingTakesTheTokenOfAPage() {
    for (String what : List.of("/checkpoints/x/remove", "/audits/x/remove")) {
      HttpRequest.Builder post =
          HttpRequest.newBuilder(app.uri(what)).POST(BodyPublishers.noBody());
      assertThat(app.send(post).statusCode()).isEqualTo(403);
    }
  }

  /** A clock that a test sets forward. */
  private static final class SettableClock extends Clock {
    private volatile Instant now = Instant.parse("2026-11-24T03:00:00Z");

    void forward(Duration by) {
      now = now.plus(by);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
