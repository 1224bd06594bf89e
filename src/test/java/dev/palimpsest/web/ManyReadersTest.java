package dev.palimpsest.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.audit.run.AuditState;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many readers cost what one does. */
@Tag("slow")
final class ManyReadersTest {
  @TempDir Path folder;
  private TestApp app;
  private SampleReport sample;

  @BeforeEach
  void start() {
    app = TestApp.start(folder);
    sample = new SampleReport(app.suites, app.audits);
  }

  @AfterEach
  void stop() {
    app.close();
  }

  @Test
  void tenFirstViewsOfAReportMakeItOnce() {
    String id = sample.finished();
    assertThat(views("/audits/" + id + "/report")).containsOnly(200).hasSize(10);
    assertThat(app.audits.results).hasValue(1);
  }

  @Test
  void aReportIsNotMadeAgainByTheNextProcess() {
    sample.finished();
    app.get("/audits");
    int before = app.audits.results.get();
    app = app.restarted();
    assertThat(app.get("/audits").body()).contains("Fail");
    assertThat(app.audits.results).hasValue(before);
  }

  @Test
  void tenViewsOfARunningAuditsReportMakeItOnce() {
    String id = sample.running();
    assertThat(views("/audits/" + id + "/report")).containsOnly(200).hasSize(10);
    assertThat(app.audits.results).hasValue(1);
  }

  @Test
  void aRunningAuditsReportIsMadeAnewWhenItsJobEnds() {
    String id = sample.running();
    app.get("/audits/" + id + "/report");
    app.audits.move(id, AuditState.CANCELLED, 312, 900, "");
    app.get("/audits/" + id + "/report");
    assertThat(app.audits.results).hasValue(2);
  }

  @Test
  void whoFollowsTheSameAuditSharesOneLook() throws Exception {
    String id = sample.running();
    List<HttpResponse<java.io.InputStream>> followers = new ArrayList<>();
    HttpClient client = HttpClient.newHttpClient();
    for (int i = 0; i < 5; i++) {
      followers.add(
          client.send(
              HttpRequest.newBuilder(app.uri("/audits/" + id + "/events"))
                  .header("Accept", "text/event-stream")
                  .build(),
              BodyHandlers.ofInputStream()));
    }
    for (HttpResponse<java.io.InputStream> follower : followers) {
      assertThat(follower.statusCode()).isEqualTo(200);
      assertThat(firstEvent(follower)).contains("progress");
    }
    assertThat(app.audits.counted).hasValue(1);
  }

  private List<Integer> views(String path) {
    List<CompletableFuture<Integer>> all =
        IntStream.range(0, 10)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> app.get(path).statusCode()))
            .toList();
    return all.stream().map(CompletableFuture::join).toList();
  }

  private static String firstEvent(HttpResponse<java.io.InputStream> answer) throws Exception {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
    String line = lines.readLine();
    while (line != null && !line.startsWith("event")) {
      line = lines.readLine();
    }
    return String.valueOf(line);
  }
}
