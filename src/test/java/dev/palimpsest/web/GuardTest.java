package dev.palimpsest.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
final class GuardTest {
  @TempDir private static Path data;
  private static TestApp app;

  @BeforeAll
  static void start() {
    app = TestApp.start(data);
  }

  @AfterAll
  static void stop() {
    app.close();
  }

  private static String raw(String request) throws Exception {
    try (RawHttp http = RawHttp.to(app)) {
      return http.write(request).readAll();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/audits", "/nope", "/static/app.css", "/files/x", "/healthz/live"})
  void everyAnswerCarriesTheSecurityHeaders(String path) {
    HttpResponse<String> answer = app.get(path);
    assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains(
            "default-src 'none'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
            "object-src 'none'",
            "form-action 'self'")
        .doesNotContain("unsafe");
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(answer.headers().firstValue("Referrer-Policy")).hasValue("same-origin");
    assertThat(answer.headers().firstValue("Server")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'GET /audits HTTP/1.1\r\nHost: localhost\r\nbad header\r\n\r\n', 400",
    "'GET /audits HTTP/1.1\r\n\r\n', 400",
    "'GARBAGE\r\n\r\n', 400",
    "'GET /audits HTTP/7.1\r\nHost: localhost\r\n\r\n', 505",
    "'GET /static/%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n', 400",
    "'POST /audits HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n', 400"
  })
  void whatIsNoHttpIsAnsweredWithASentenceAndTheSecurityHeaders(String request, int status)
      throws Exception {
    assertBareAnswer(raw(request), status);
  }

  @Test
  void anAddressOrHeaderThatIsTooLongIsAnsweredWithTheSecurityHeaders() throws Exception {
    String end = " HTTP/1.1\r\nHost: localhost\r\n";
    assertBareAnswer(raw("GET /" + "a".repeat(20_000) + end + "\r\n"), 414);
    assertBareAnswer(raw("GET /audits" + end + "X: " + "a".repeat(20_000) + "\r\n\r\n"), 431);
  }

  private static void assertBareAnswer(String answer, int status) {
    assertThat(answer)
        .startsWith("HTTP/1.1 " + status + " ")
        .contains("Content-Security-Policy: default-src 'none'")
        .contains("X-Content-Type-Options: nosniff", "X-Frame-Options: DENY")
        .contains("Referrer-Policy: same-origin")
        .doesNotContain("Exception")
        .doesNotContain("Jetty");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/audits", "/", "/nope", "/static/app.css", "/healthz/ready", "/checkpoints/x"})
  void headSaysWhatGetSays(String path) throws Exception {
    String rest = path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    String get = raw("GET " + rest);
    String head = raw("HEAD " + rest);
    assertThat(head).endsWith("\r\n\r\n");
    assertThat(comparable(head))
        .isEqualTo(comparable(get.substring(0, get.indexOf("\r\n\r\n") + 4)));
  }

  /** Without what is new in every answer. */
  private static String comparable(String head) {
    return head.replaceAll("(?m)^(Date|Set-Cookie|Expires|X-Request-Id):.*", "")
        .replaceAll("'nonce-[^']*'", "");
  }

  @Test
  void everyPageHasANonceOfItsOwnOnEveryScript() {
    String one = nonce(app.get("/audits"));
    String page = app.get("/audits").body();
    assertThat(TestApp.count(page, "<script"))
        .isEqualTo(TestApp.count(page, "nonce=\""))
        .isGreaterThan(1);
    assertThat(nonce(app.get("/audits"))).hasSizeGreaterThanOrEqualTo(22).isNotEqualTo(one);
    assertThat(page).doesNotContain(" style=\"").doesNotContain("onclick");
  }

  private static String nonce(HttpResponse<String> answer) {
    String policy = answer.headers().firstValue("Content-Security-Policy").orElseThrow();
    return policy.replaceAll(".*'nonce-([^']+)'.*", "$1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"evil.example", "127.0.0.1.evil.example", "localhost.evil", "10.0.0.1", ""})
  void anotherHostIsRefused(String host) throws Exception {
    String answer = raw("GET /audits HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
    assertThat(answer).matches("(?s)HTTP/1.1 4(21|00) .*").doesNotContain("No audit yet");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "LOCALHOST:8080", "127.0.0.1:1", "[::1]:7070"})
  void thisMachineIsAnsweredByAnyOfItsNames(String host) throws Exception {
    String answer =
        raw("GET /healthz/live HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 200");
  }

  @Test
  void aFormWithoutTokenIsRefused() {
    app.get("/checkpoints/new");
    HttpResponse<String> answer =
        app.send(
            HttpRequest.newBuilder(app.uri("/checkpoints/register"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("name=x&kind=base&path=/tmp")));
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("open its page again");
  }

  @Test
  void theTokenOfAnotherBrowserIsRefused(@TempDir Path other) {
    try (TestApp stranger = TestApp.start(other)) {
      app.get("/checkpoints/new");
      String token = TestApp.token(stranger.get("/checkpoints/new").body());
      HttpResponse<String> answer =
          app.send(
              HttpRequest.newBuilder(app.uri("/checkpoints/register"))
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .POST(BodyPublishers.ofString(TestApp.form(Map.of("_token", token)))));
      assertThat(answer.statusCode()).isEqualTo(403);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Origin, null",
    "Origin, http://evil.example",
    "Origin, http://localhost:1",
    "Sec-Fetch-Site, cross-site",
    "Sec-Fetch-Site, same-site",
    "Sec-Fetch-Site, none"
  })
  void aPostFromAnotherOriginIsRefused(String header, String value) {
    HttpResponse<String> answer =
        app.send(
            HttpRequest.newBuilder(app.uri("/api/checkpoints"))
                .header("Content-Type", "application/json")
                .header(header, value)
                .POST(BodyPublishers.ofString("{}")));
    assertThat(answer.statusCode()).isEqualTo(403);
  }

  @ParameterizedTest
  @CsvSource({
    "/api/checkpoints, text/plain",
    "/api/checkpoints, application/x-www-form-urlencoded",
    "/audits, multipart/form-data; boundary=x",
    "/checkpoints/register, multipart/form-data; boundary=x"
  })
  void abodyOfAnotherKindIsRefused(String path, String type) {
    HttpResponse<String> answer =
        app.send(
            HttpRequest.newBuilder(app.uri(path))
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString("{}")));
    assertThat(answer.statusCode()).isEqualTo(415);
  }

  @Test
  void aCompressedBodyIsRefused() {
    HttpResponse<String> answer =
        app.send(
            HttpRequest.newBuilder(app.uri("/api/checkpoints"))
                .header("Content-Type", "application/json")
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofString("{}")));
    assertThat(answer.statusCode()).isEqualTo(415);
  }

  @Test
  void aFormThatIsTooLargeIsRefused() {
    HttpResponse<String> answer =
        app.send(
            HttpRequest.newBuilder(app.uri("/checkpoints/register"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("name=" + "x".repeat(2_000_000))));
    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.body()).contains("too large").doesNotContain("Exception");
  }

  @Test
  void lengthAndChunksAtOnceAreRefused() throws Exception {
    String request =
        String.join(
            "\r\n",
            "POST /audits HTTP/1.1",
            "Host: localhost",
            "Connection: close",
            "Content-Length: 4",
            "Transfer-Encoding: chunked",
            "",
            "0",
            "",
            "");
    String answer = raw(request);
    assertThat(answer).startsWith("HTTP/1.1 400");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/%2e%2e/%2e%2e/etc/passwd",
        "/static/%2e%2e/%2e%2e/etc/passwd",
        "/static/..%2f..%2fetc/passwd",
        "/static/%252e%252e%252fetc/passwd",
        "/checkpoints/%2e%2e",
        "/checkpoints/..%2f..%2fetc%2fpasswd",
        "/suites/%00",
        "/audits/x;y=z/report",
        "//evil.example/audits"
      })
  void noAddressLeadsOutside(String path) throws Exception {
    String answer =
        raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assertThat(answer)
        .matches("(?s)HTTP/1.1 4(00|04|14) .*")
        .doesNotContain("root:")
        .doesNotContain("Exception");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "DELETE", "TRACE", "PROPFIND"})
  void aMethodThatAPageDoesNotHaveIsRefused(String method) throws Exception {
    String answer =
        raw(method + " /audits HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assertThat(answer).matches("(?s)HTTP/1.1 (4\\d\\d|501) .*").doesNotContain("Exception");
  }

  @Test
  void aPageAskedByAnotherMethodSaysThatItIsNotUsedThatWay() throws Exception {
    String answer = raw("PUT /audits HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 405").contains("cannot be used that way");
  }

  @Test
  void anErrorPageIsOneSentenceAndAWayOn() {
    HttpResponse<String> answer = app.get("/audits/unknown/report");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body())
        .contains("There is no such audit.")
        .contains("Go to the audits")
        .doesNotContain("at dev.palimpsest");
  }
}
