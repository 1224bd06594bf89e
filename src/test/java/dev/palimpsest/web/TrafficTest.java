package dev.palimpsest.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.web.guard.TrafficLimits;
import dev.palimpsest.web.guard.TrafficLimits.Share;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Senders that are slow, silent or many hold up neither each other nor the health pages. */
@Tag("slow")
final class TrafficTest {
  private static final int AT_ONCE = 4;
  private static final String SLOW_FORM =
      "POST /checkpoints/register HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
          + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\nn";

  @TempDir private Path data;
  private final AtomicLong free = new AtomicLong(1L << 30);
  private TestApp app;

  @AfterEach
  void stop() {
    app.close();
  }

  private void start(long bytesPerSecond, Duration silence) {
    Share few = new Share(AT_ONCE, AT_ONCE);
    TrafficLimits limits =
        new TrafficLimits(
            few, few, few, bytesPerSecond, Duration.ZERO, silence, 1 << 20, Duration.ofSeconds(10));
    app = TestApp.start(data, TestApp.With.standard().room(free::get).limits(limits));
  }

  @Test
  void slowBodiesTakeTheirShareAndTheRestIsAnswered() throws Exception {
    start(0, Duration.ofHours(1));
    List<RawHttp> slow = new ArrayList<>();
    for (int i = 0; i < AT_ONCE; i++) {
      slow.add(beginForm());
    }
    assertThat(oneMore())
        .startsWith("HTTP/1.1 503")
        .contains("Retry-After: ", "Content-Security-Policy: ", "try again in a moment");
    assertThat(app.get("/healthz/live").statusCode()).isEqualTo(200);
    assertThat(app.get("/healthz/ready").statusCode()).isEqualTo(200);
    assertThat(app.get("/audits").statusCode()).isEqualTo(200);
    for (RawHttp one : slow) {
      one.write("x".repeat(999));
      assertThat(one.readAll()).startsWith("HTTP/1.1 403");
      one.close();
    }
    HttpResponse<String> again = app.postJson("/api/checkpoints", "{}");
    assertThat(again.statusCode()).isEqualTo(400);
  }

  /** The server asks for the body when the request is let in. */
  private RawHttp beginForm() throws Exception {
    RawHttp raw = RawHttp.to(app);
    raw.write(SLOW_FORM.replace("\r\n\r\nn", "\r\nExpect: 100-continue\r\n\r\n"));
    assertThat(raw.readLine()).isEqualTo("HTTP/1.1 100 Continue");
    assertThat(raw.readLine()).isEmpty();
    return raw.write("n");
  }

  private String oneMore() throws Exception {
    try (RawHttp one = RawHttp.to(app)) {
      return one.write(SLOW_FORM).endOutput().readAll();
    }
  }

  @Test
  void aBodyThatComesByteByByteIsGivenUp() throws Exception {
    start(1L << 40, Duration.ofHours(1));
    try (RawHttp raw = RawHttp.to(app)) {
      raw.write(SLOW_FORM);
      String answer = raw.trickleUntilAnswered("x");
      assertThat(answer)
          .startsWith("HTTP/1.1 408")
          .contains("too slowly")
          .doesNotContain("Exception");
    }
  }

  @Test
  void aBodyThatDoesNotComeIsGivenUp() throws Exception {
    start(0, Duration.ofMillis(200));
    try (RawHttp raw = RawHttp.to(app)) {
      assertThat(raw.write(SLOW_FORM).readAll()).startsWith("HTTP/1.1 408").contains("too slowly");
    }
  }

  @Test
  void whoCannotWriteIsNotReadyAndSaysWhy() {
    start(0, Duration.ofHours(1));
    free.set(0);
    HttpResponse<String> ready = app.get("/healthz/ready");
    assertThat(ready.statusCode()).isEqualTo(503);
    assertThat(ready.body()).contains("The disk is full");
    assertThat(app.get("/healthz/live").statusCode()).isEqualTo(200);
    free.set(1);
    assertThat(app.get("/healthz/ready").statusCode()).isEqualTo(200);
  }
}
