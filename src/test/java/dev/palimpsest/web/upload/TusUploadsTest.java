package dev.palimpsest.web.upload;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.Json;
import dev.palimpsest.registry.UploadTimes;
import dev.palimpsest.web.RawHttp;
import dev.palimpsest.web.TestApp;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
final class TusUploadsTest {
  @TempDir private Path data;
  private TestApp app;
  private String checkpoint;

  /** Silent at once, or at work for as long as a test runs. */
  private static final Duration NO_PATIENCE = Duration.ZERO;

  private static final Duration PATIENCE = Duration.ofHours(1);
  private String url;

  /** A checkpoint of two files, so that one of them can be whole and the upload not. */
  @BeforeEach
  void declareAConfigOfTenBytes() throws Exception {
    start(PATIENCE);
    HttpResponse<String> declared =
        app.postJson(
            "/api/checkpoints",
            """
            {"name": "tiny", "kind": "base", "files": [
              {"path": "tiny/config.json", "size": 10, "modified": 1700000000000},
              {"path": "tiny/model.safetensors", "size": 5000000}]}
            """);
    assertThat(declared.statusCode()).isEqualTo(201);
    JsonNode answer = Json.mapper().readTree(declared.body());
    checkpoint = answer.get("id").textValue();
    assertThat(answer.get("files").get(0).get("path").textValue()).isEqualTo("config.json");
    url = answer.get("files").get(0).get("url").textValue();
  }

  private void start(Duration patience) {
    UploadTimes standard = UploadTimes.standard();
    UploadTimes times =
        new UploadTimes(patience, standard.reserved(), standard.kept(), standard.purgeEvery());
    app = TestApp.start(data, TestApp.With.standard().times(times));
  }

  @AfterEach
  void stop() {
    app.close();
  }

  private HttpRequest.Builder tus(String path) {
    return HttpRequest.newBuilder(app.uri(path)).header("Tus-Resumable", "1.0.0");
  }

  private HttpResponse<String> patch(long offset, String bytes, String... headers) {
    HttpRequest.Builder request =
        tus(url)
            .header("Content-Type", "application/offset+octet-stream")
            .header("Upload-Offset", Long.toString(offset))
            .method("PATCH", BodyPublishers.ofString(bytes));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return app.send(request);
  }

  private HttpResponse<String> head() {
    return app.send(tus(url).method("HEAD", BodyPublishers.noBody()));
  }

  private long offset() {
    return head().headers().firstValueAsLong("Upload-Offset").orElseThrow();
  }

  private HttpResponse<String> create(String length, String metadata) {
    HttpRequest.Builder request = tus("/files").POST(BodyPublishers.noBody());
    if (length != null) {
      request.header("Upload-Length", length);
    }
    if (metadata != null) {
      request.header("Upload-Metadata", metadata);
    }
    return app.send(request);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private String metadata(String path) {
    return "checkpoint " + base64(checkpoint) + ",path " + base64(path);
  }

  private String partFile() throws Exception {
    Path part;
    try (Stream<Path> files = Files.walk(data.resolve("uploads"))) {
      String name = url.substring(url.lastIndexOf('/') + 1) + ".part";
      part = files.filter(f -> f.getFileName().toString().equals(name)).findFirst().orElseThrow();
    }
    return Files.readString(part);
  }

  @Test
  void optionsOfferTheVersionTheExtensionsAndTheAlgorithms() {
    HttpResponse<String> offer =
        app.send(
            HttpRequest.newBuilder(app.uri("/files")).method("OPTIONS", BodyPublishers.noBody()));
    assertThat(offer.statusCode()).isEqualTo(204);
    assertThat(offer.headers().firstValue("Tus-Version")).hasValue("1.0.0");
    assertThat(offer.headers().firstValue("Tus-Extension").orElseThrow())
        .contains("creation", "termination", "expiration", "checksum");
    assertThat(offer.headers().firstValue("Tus-Checksum-Algorithm").orElseThrow())
        .contains("sha1", "sha256");
    assertThat(offer.headers().firstValue("Tus-Max-Size")).isPresent();
  }

  @Test
  void aNewUploadIsAtOffsetZeroAndSaysWhenItExpires() {
    HttpResponse<String> head = head();
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.headers().firstValue("Tus-Resumable")).hasValue("1.0.0");
    assertThat(head.headers().firstValue("Upload-Offset")).hasValue("0");
    assertThat(head.headers().firstValue("Upload-Length")).hasValue("10");
    assertThat(head.headers().firstValue("Cache-Control")).hasValue("no-store");
    assertThat(head.headers().firstValue("Upload-Expires").orElseThrow()).endsWith("GMT");
  }

  @Test
  void bytesArriveInPiecesAndTheOffsetFollows() throws Exception {
    HttpResponse<String> first = patch(0, "01234");
    assertThat(first.statusCode()).isEqualTo(204);
    assertThat(first.headers().firstValue("Upload-Offset")).hasValue("5");
    assertThat(patch(5, "56789").headers().firstValue("Upload-Offset")).hasValue("10");
    assertThat(offset()).isEqualTo(10);
    assertThat(partFile()).isEqualTo("0123456789");
  }

  @Test
  void anotherVersionOrNoneIsRefusedWithTheOneThatIsSpoken() {
    HttpResponse<String> none =
        app.send(
            HttpRequest.newBuilder(app.uri(url)).method("PATCH", BodyPublishers.ofString("x")));
    assertThat(none.statusCode()).isEqualTo(412);
    assertThat(none.headers().firstValue("Tus-Version")).hasValue("1.0.0");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 4, 10})
  void anotherOffsetIsRefusedAndNothingChanges(long offset) {
    assertThat(patch(offset, "").statusCode()).isEqualTo(409);
    assertThat(offset()).isZero();
  }

  @Test
  void aPatchWithoutOffsetIsRefused() {
    HttpResponse<String> answer =
        app.send(
            tus(url)
                .header("Content-Type", "application/offset+octet-stream")
                .method("PATCH", BodyPublishers.ofString("x")));
    assertThat(answer.statusCode()).isEqualTo(400);
  }

  @Test
  void anotherContentTypeIsRefused() {
    HttpResponse<String> answer =
        app.send(
            tus(url)
                .header("Content-Type", "application/octet-stream")
                .header("Upload-Offset", "0")
                .method("PATCH", BodyPublishers.ofString("x")));
    assertThat(answer.statusCode()).isEqualTo(415);
    assertThat(offset()).isZero();
  }

  @Test
  void moreBytesThanTheFileHasAreRefusedBeforeTheyAreRead() {
    assertThat(patch(0, "0123456789X").statusCode()).isEqualTo(413);
    assertThat(offset()).isZero();
  }

  @Test
  void aChunkedPatchCannotOverrunTheDeclaredLength() throws Exception {
    try (RawHttp raw = RawHttp.to(app)) {
      raw.write(
          "PATCH "
              + url
              + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nTus-Resumable: 1.0.0\r\n"
              + "Content-Type: application/offset+octet-stream\r\nUpload-Offset: 0\r\n"
              + "Transfer-Encoding: chunked\r\n\r\n");
      raw.chunk("01234").chunk("56789").chunk("X".repeat(1000)).write("0\r\n\r\n");
      assertThat(raw.readAll()).startsWith("HTTP/1.1 413");
    }
    assertThat(offset()).isZero();
    assertThat(partFile()).isEmpty();
  }

  @Test
  void aChunkedPatchThatFitsIsKept() throws Exception {
    try (RawHttp raw = RawHttp.to(app)) {
      raw.write(
          "PATCH "
              + url
              + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nTus-Resumable: 1.0.0\r\n"
              + "Content-Type: application/offset+octet-stream\r\nUpload-Offset: 0\r\n"
              + "Transfer-Encoding: chunked\r\n\r\n");
      raw.chunk("01234").chunk("567").write("0\r\n\r\n");
      assertThat(raw.readAll()).startsWith("HTTP/1.1 204");
    }
    assertThat(offset()).isEqualTo(8);
  }

  @Test
  void whatArrivedBeforeTheConnectionBrokeIsKept() throws Exception {
    RawHttp raw = RawHttp.to(app);
    raw.write(patchHead(10) + "0123");
    awaitBytes(4);
    raw.close();
    awaitOffset(4);
    assertThat(patch(4, "456789").statusCode()).isEqualTo(204);
    assertThat(partFile()).isEqualTo("0123456789");
  }

  @Test
  void whoAsksForTheOffsetTakesOverFromAConnectionThatHangs() throws Exception {
    app.close();
    start(NO_PATIENCE);
    try (RawHttp raw = RawHttp.to(app)) {
      raw.write(patchHead(10) + "0123");
      awaitBytes(4);
      HttpResponse<String> head = head();
      assertThat(head.statusCode()).isEqualTo(200);
      assertThat(head.headers().firstValue("Upload-Offset")).hasValue("4");
      assertThat(patch(4, "456789").statusCode()).isEqualTo(204);
      raw.write("XXXXXX");
      assertThat(raw.readAll()).startsWith("HTTP/1.1 423");
    }
    assertThat(partFile()).isEqualTo("0123456789");
  }

  @Test
  void whoAsksForTheOffsetDoesNotDisturbAConnectionThatIsAtWork() throws Exception {
    try (RawHttp raw = RawHttp.to(app)) {
      raw.write(patchHead(10) + "0123");
      awaitBytes(4);
      HttpResponse<String> head = head();
      assertThat(head.statusCode()).isEqualTo(200);
      assertThat(head.headers().firstValueAsLong("Upload-Offset").orElseThrow())
          .isLessThanOrEqualTo(4);
      raw.write("456789");
      assertThat(raw.readAll()).startsWith("HTTP/1.1 204");
    }
    assertThat(partFile()).isEqualTo("0123456789");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Transfer-Encoding: chunked\r\n\r\nZZ\r\nbad", "Content-Length: 3\r\n\r\n01"})
  void aBodyThatIsBrokenOffOrNoHttpIsTheSendersFault(String rest) throws Exception {
    try (RawHttp raw = RawHttp.to(app)) {
      raw.write(
          "PATCH "
              + url
              + " HTTP/1.1\r\nHost: localhost\r\nTus-Resumable: 1.0.0\r\n"
              + "Content-Type: application/offset+octet-stream\r\nUpload-Offset: 0\r\n"
              + rest);
      raw.endOutput();
      assertThat(raw.readAll()).startsWith("HTTP/1.1 400").contains("\"error\"");
    }
  }

  @Test
  void whoSendsALargeBodyThatIsRefusedAtOnceGetsToReadWhy() throws Exception {
    String piece = "x".repeat(100_000);
    try (RawHttp raw = RawHttp.to(app)) {
      raw.write(patchHead(20_000_000));
      for (int sent = 0; sent < 20_000_000; sent += piece.length()) {
        raw.write(piece);
      }
      assertThat(raw.readAll())
          .startsWith("HTTP/1.1 413")
          .contains("More bytes are announced than the file has left.");
    }
  }

  @Test
  void twoSendersAtOnceAreNotMixed() throws Exception {
    try (RawHttp raw = RawHttp.to(app)) {
      raw.write(patchHead(10) + "0123");
      awaitBytes(4);
      assertThat(patch(0, "0123456789").statusCode()).isEqualTo(423);
      raw.write("456789");
      assertThat(raw.readAll()).startsWith("HTTP/1.1 204");
    }
    assertThat(partFile()).isEqualTo("0123456789");
  }

  private String patchHead(int length) {
    return "PATCH "
        + url
        + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nTus-Resumable: 1.0.0\r\n"
        + "Content-Type: application/offset+octet-stream\r\nUpload-Offset: 0\r\nContent-Length: "
        + length
        + "\r\n\r\n";
  }

  /** What arrived counts once the server has noticed that its sender is gone. */
  private void awaitOffset(long expected) throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (offset() != expected && System.nanoTime() < deadline) {
      Thread.sleep(20);
    }
    assertThat(offset()).isEqualTo(expected);
  }

  private void awaitBytes(int count) throws Exception {
    for (int i = 0; i < 200; i++) {
      Thread.sleep(20);
      try {
        if (partFile().length() >= count) {
          return;
        }
      } catch (NoSuchElementException | NoSuchFileException notYet) {
        // The server makes the folder and the file with the first byte.
      }
    }
    throw new AssertionError("the bytes did not arrive");
  }

  @ParameterizedTest
  @CsvSource({"SHA-1, sha1", "SHA-256, sha256"})
  void aChecksumThatMatchesLetsTheBytesCount(String algorithm, String name) throws Exception {
    byte[] sum =
        MessageDigest.getInstance(algorithm).digest("01234".getBytes(StandardCharsets.UTF_8));
    String header = name + " " + Base64.getEncoder().encodeToString(sum);
    assertThat(patch(0, "01234", "Upload-Checksum", header).statusCode()).isEqualTo(204);
    assertThat(offset()).isEqualTo(5);
  }

  @Test
  void aChecksumThatDoesNotMatchThrowsTheBytesAway() throws Exception {
    patch(0, "01");
    byte[] sum =
        MessageDigest.getInstance("SHA-1").digest("other".getBytes(StandardCharsets.UTF_8));
    String header = "sha1 " + Base64.getEncoder().encodeToString(sum);
    assertThat(patch(2, "234", "Upload-Checksum", header).statusCode()).isEqualTo(460);
    assertThat(offset()).isEqualTo(2);
    assertThat(partFile()).isEqualTo("01");
  }

  @ParameterizedTest
  @ValueSource(strings = {"md5 AAAA", "sha1", "sha1 !!!", "sha1 AAAA", ""})
  void aChecksumThatIsNotUnderstoodIsRefused(String header) {
    assertThat(patch(0, "01234", "Upload-Checksum", header).statusCode()).isEqualTo(400);
    assertThat(offset()).isZero();
  }

  @Test
  void aTerminatedUploadIsGoneAndCanBeBegunAnew() {
    patch(0, "01234");
    assertThat(app.send(tus(url).DELETE()).statusCode()).isEqualTo(204);
    assertThat(head().statusCode()).isEqualTo(404);
    HttpResponse<String> again = create("10", metadata("config.json"));
    assertThat(again.statusCode()).isEqualTo(201);
    url = again.headers().firstValue("Location").orElseThrow();
    assertThat(url).startsWith("/files/");
    assertThat(offset()).isZero();
  }

  @Test
  void aMethodOverrideIsNotHonoured() {
    patch(0, "01234");
    HttpResponse<String> answer =
        app.send(tus(url).header("X-HTTP-Method-Override", "DELETE").POST(BodyPublishers.noBody()));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(offset()).isEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "abc", "1.5", "", " ", "0x10"})
  void aLengthThatIsNoneIsRefused(String length) {
    assertThat(create(length, metadata("config.json")).statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"9223372036854775808", "9000000000000000000", "1099511627777"})
  void aLengthBeyondTheLargestIsRefused(String length) {
    assertThat(create(length, metadata("config.json")).statusCode()).isEqualTo(413);
  }

  @Test
  void aMissingOrDeferredLengthIsRefused() {
    assertThat(create(null, metadata("config.json")).statusCode()).isEqualTo(400);
    HttpResponse<String> deferred =
        app.send(tus("/files").header("Upload-Defer-Length", "1").POST(BodyPublishers.noBody()));
    assertThat(deferred.statusCode()).isEqualTo(400);
  }

  @Test
  void badMetadataIsRefused() {
    String good = metadata("config.json");
    assertThat(create("10", "checkpoint ###,path " + base64("x")).statusCode()).isEqualTo(400);
    assertThat(create("10", good + ",path " + base64("y")).statusCode()).isEqualTo(400);
    assertThat(create("10", good + ",a b c").statusCode()).isEqualTo(400);
    assertThat(create("10", good + ",, ").statusCode()).isEqualTo(400);
    assertThat(create("10", "path " + base64("config.json")).statusCode()).isEqualTo(400);
    assertThat(create("10", null).statusCode()).isEqualTo(400);
  }

  @Test
  void metadataThatIsTooLongIsRefused() {
    String note = metadata("config.json") + ",note ";
    assertThat(create("10", note + base64("x".repeat(7_000))).statusCode()).isEqualTo(431);
    assertThat(create("10", note + base64("x".repeat(64_000))).statusCode()).isEqualTo(431);
  }

  @Test
  void metadataCannotWriteAHeader() {
    HttpResponse<String> answer = create("10", metadata("config.json\r\nSet-Cookie: a=b"));
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.headers().map()).doesNotContainKey("set-cookie");
    assertThat(head().headers().firstValue("Upload-Metadata").orElseThrow())
        .matches("[A-Za-z0-9+/=, ]+");
  }

  @Test
  void nothingIsAddedToAnUploadThatIsFinished() {
    patch(0, "0123456789");
    assertThat(patch(10, "").statusCode()).isEqualTo(204);
    assertThat(patch(0, "0123456789").statusCode()).isEqualTo(409);
    assertThat(patch(10, "X").statusCode()).isEqualTo(413);
    assertThat(offset()).isEqualTo(10);
  }

  @Test
  void aFolderThatCannotBeWrittenIsSaidAndNothingIsLost() throws Exception {
    Path place = Files.createDirectories(data.resolve("uploads")).resolve(checkpoint);
    Files.writeString(place, "in the way");
    HttpResponse<String> answer = patch(0, "01234");
    assertThat(answer.statusCode()).isEqualTo(507);
    assertThat(answer.body())
        .contains("The data folder cannot be written; see to its disk and permissions and go on.")
        .doesNotContain("Exception");
    Files.delete(place);
    assertThat(offset()).isZero();
    assertThat(patch(0, "01234").statusCode()).isEqualTo(204);
  }

  @Test
  void onlyDeclaredFilesOfTheDeclaredLengthCanBeBegun() {
    assertThat(create("10", metadata("other.json")).statusCode()).isEqualTo(404);
    assertThat(create("10", metadata("../config.json")).statusCode()).isEqualTo(404);
    assertThat(create("11", metadata("config.json")).statusCode()).isEqualTo(409);
  }

  @Test
  void anUnknownUploadIsNotFound() {
    url = "/files/0000000000000000000000000";
    assertThat(head().statusCode()).isEqualTo(404);
    assertThat(patch(0, "x").statusCode()).isEqualTo(404);
    assertThat(app.send(tus(url).DELETE()).statusCode()).isEqualTo(404);
  }

  @Test
  void anUploadThatLacksAByteIsNotFinished() {
    patch(0, "012345678");
    HttpResponse<String> answer = app.postJson("/api/checkpoints/" + checkpoint + "/finish", "{}");
    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(answer.body()).contains("config.json has 9 of 10 bytes");
    assertThat(data.resolve("checkpoints")).doesNotExist();
  }

  @Test
  void aFileThatCannotBeWhatItsNameSaysIsRefusedAtItsFirstBytes() throws Exception {
    JsonNode state =
        Json.mapper().readTree(app.get("/api/checkpoints/" + checkpoint).body()).get("files");
    url = state.get(1).get("url").textValue();
    HttpResponse<String> answer = patch(0, "<!DOCTYPE html><html>this is a login page</html>");
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("model.safetensors");
    JsonNode now = Json.mapper().readTree(app.get("/api/checkpoints/" + checkpoint).body());
    assertThat(now.get("state").textValue()).isEqualTo("REJECTED");
    assertThat(now.get("problem").textValue()).contains("model.safetensors");
  }
}
