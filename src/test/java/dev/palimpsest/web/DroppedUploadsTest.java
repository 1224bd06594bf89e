package dev.palimpsest.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.Json;
import dev.palimpsest.Sha256;
import dev.palimpsest.account.ApiToken.Scope;
import dev.palimpsest.account.NewUser;
import dev.palimpsest.account.TestClock;
import dev.palimpsest.account.User;
import dev.palimpsest.account.UserRole;
import dev.palimpsest.checkpoint.Manifest;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole folders on their way in: proposed, declared, sent, held against sums, checked. */
@Tag("slow")
final class DroppedUploadsTest {
  private static final Path FIXTURES = Path.of("src/test/resources/checkpoint");
  private static final String WEIGHTS = "model.safetensors";

  @TempDir private Path folder;
  private final TestClock clock = new TestClock(Instant.now());
  private final AtomicLong room = new AtomicLong(1L << 40);
  private TestApp app;
  private Path tiny;
  private Path adapter;

  @BeforeEach
  void start() throws IOException {
    app =
        TestApp.start(folder.resolve("data"), TestApp.With.standard().clock(clock).room(room::get));
    tiny = LongCheckpoint.in(folder.resolve("home/tiny"), 2_000_000);
    adapter = copy(FIXTURES.resolve("tiny_adapter"), folder.resolve("home/adapter"));
  }

  @AfterEach
  void stop() {
    app.close();
  }

  private static Path copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
    return to;
  }

  private static ObjectNode declaration(String name, String kind, String base, Path from)
      throws IOException {
    ObjectNode list = (ObjectNode) Json.mapper().readTree(LongCheckpoint.declaration(name, from));
    return list.put("kind", kind).put("base", base);
  }

  private JsonNode declare(ObjectNode list) throws IOException {
    HttpResponse<String> answer = app.postJson("/api/checkpoints", list.toString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return Json.mapper().readTree(answer.body());
  }

  private HttpResponse<String> send(JsonNode file, byte[] bytes) {
    return app.send(patch(file.get("url").textValue(), bytes, 0));
  }

  private HttpRequest.Builder patch(String url, byte[] bytes, long offset) {
    return HttpRequest.newBuilder(app.uri(url))
        .header("Tus-Resumable", "1.0.0")
        .header("Content-Type", "application/offset+octet-stream")
        .header("Upload-Offset", Long.toString(offset))
        .method("PATCH", BodyPublishers.ofByteArray(bytes));
  }

  /** Sends every file as it lies in a folder and returns the checkpoint's id. */
  private String sendAll(JsonNode declared, Path from) throws IOException {
    for (JsonNode file : declared.get("files")) {
      byte[] bytes = Files.readAllBytes(from.resolve(file.get("path").textValue()));
      assertThat(send(file, bytes).statusCode()).isEqualTo(204);
    }
    return declared.get("id").textValue();
  }

  private JsonNode state(String id) throws IOException {
    return Json.mapper().readTree(app.get("/api/checkpoints/" + id).body());
  }

  private JsonNode settled(String id) throws Exception {
    JsonNode state = state(id);
    while (state.get("state").textValue().equals("CHECKING")) {
      Thread.sleep(50);
      state = state(id);
    }
    return state;
  }

  private void assertReady(String id) throws Exception {
    JsonNode end = settled(id);
    assertThat(end.get("state").textValue()).as("%s", end).isEqualTo("READY");
  }

  private String uploaded(String name, Path from) throws Exception {
    String id = sendAll(declare(declaration(name, "base", "", from)), from);
    assertReady(id);
    return id;
  }

  private static String sums(Path from) throws IOException {
    StringBuilder text = new StringBuilder("\uFEFF");
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.sorted().toList()) {
        String sum = Sha256.hex(Files.readAllBytes(file)).toUpperCase(Locale.ROOT);
        text.append(sum).append(" *./").append(file.getFileName()).append("\r\n");
      }
    }
    return text.toString();
  }

  @Test
  void aFileThatDiffersFromItsSumIsAskedForAgainAloneAndTheOthersStay() throws Exception {
    ObjectNode list = declaration("tiny", "base", "", tiny);
    list.putObject("sums").put("folder", "").put("text", sums(tiny));
    JsonNode declared = declare(list);
    String id = declared.get("id").textValue();
    byte[] weights = Files.readAllBytes(tiny.resolve(WEIGHTS));
    for (JsonNode file : declared.get("files")) {
      byte[] bytes = Files.readAllBytes(tiny.resolve(file.get("path").textValue()));
      if (file.get("path").textValue().equals(WEIGHTS)) {
        bytes[bytes.length - 1] ^= 1;
      }
      assertThat(send(file, bytes).statusCode()).isEqualTo(204);
    }
    JsonNode back = settled(id);
    assertThat(back.get("state").textValue()).isEqualTo("UPLOADING");
    assertThat(back.get("problem").textValue())
        .startsWith("The file model.safetensors arrived with the sha256 ")
        .contains("and not with " + Sha256.hex(weights))
        .contains("was thrown away; send it again.");
    for (JsonNode file : back.get("files")) {
      boolean again = file.get("path").textValue().equals(WEIGHTS);
      assertThat(file.get("offset").asLong()).isEqualTo(again ? 0 : file.get("size").asLong());
    }
    assertThat(app.page("/checkpoints/" + id)).contains("arrived with the sha256");
    String url = LongCheckpoint.url(back, WEIGHTS);
    assertThat(app.send(patch(url, weights, 0)).statusCode()).isEqualTo(204);
    assertReady(id);
    assertThat(app.page("/checkpoints/" + id))
        .doesNotContain("was thrown away")
        .contains(Sha256.hex(weights));
  }

  @Test
  void aNameInTheSyntaxOfTheTemplateEngineIsShownAsItIs() throws Exception {
    String name = "[[${7*7}]] __${7*7}__ {{7*7}}";
    String id = declare(declaration(name, "base", "", tiny)).get("id").textValue();
    for (String page : new String[] {"/checkpoints", "/checkpoints/" + id}) {
      assertThat(app.page(page)).contains(name).doesNotContain("49");
    }
  }

  @Test
  void anEmptyFileIsWholeAtOnceAndSaidToBeEmpty() throws Exception {
    Files.write(tiny.resolve("generation_config.json"), new byte[0]);
    JsonNode declared = declare(declaration("tiny", "base", "", tiny));
    for (JsonNode file : declared.get("files")) {
      byte[] bytes = Files.readAllBytes(tiny.resolve(file.get("path").textValue()));
      if (bytes.length > 0) {
        assertThat(send(file, bytes).statusCode()).isEqualTo(204);
      }
    }
    JsonNode end = settled(declared.get("id").textValue());
    assertThat(end.get("problem").textValue())
        .isEqualTo("generation_config.json: is empty; fetch it again");
  }

  @Test
  void sumsThatAreNoneOrNameWhatIsNotThereAreRefusedBeforeAnythingIsSent() throws Exception {
    for (String text : new String[] {"no sums", sums(tiny) + "ab".repeat(32) + "  other.json\n"}) {
      ObjectNode list = declaration("tiny", "base", "", tiny);
      list.putObject("sums").put("text", text);
      HttpResponse<String> answer = app.postJson("/api/checkpoints", list.toString());
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body()).contains("without").contains("SHA256SUMS");
    }
    assertThat(app.get("/checkpoints").body()).contains("No checkpoint yet");
  }

  @Test
  void aSumMayComeWithEachFile() throws Exception {
    ObjectNode list = declaration("tiny", "base", "", tiny);
    ((ObjectNode) list.get("files").get(0)).put("sha256", "xyz");
    HttpResponse<String> answer = app.postJson("/api/checkpoints", list.toString());
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("A file's sha256 is 64 hexadecimal digits");
  }

  @Test
  void theSameContentIsKeptOnceAndNoSenderIsToldThatItIsHere() throws Exception {
    String first = uploaded("first", tiny);
    JsonNode again = declare(declaration("second", "base", "", tiny));
    assertThat(again.toString()).doesNotContain(first).doesNotContain("first");
    for (JsonNode file : again.get("files")) {
      assertThat(file.get("offset").asLong()).isZero();
    }
    String second = sendAll(again, tiny);
    assertReady(second);
    Path kept = folder.resolve("data/checkpoints/" + second + "/second/" + WEIGHTS);
    awaitLinks(kept, 2);
    assertThat(app.page("/checkpoints/" + second)).contains("It holds the same files as");
    app.checkpoints().remove(first);
    assertThat(Files.getAttribute(kept, "unix:nlink")).isEqualTo(1);
    assertThat(Manifest.of(kept.getParent()).root()).isEqualTo(Manifest.of(tiny).root());
    assertThat(app.page("/checkpoints/" + second)).doesNotContain("It holds the same files as");
  }

  private static void awaitLinks(Path file, int count) throws Exception {
    for (int i = 0;
        i < 100 && !Integer.valueOf(count).equals(Files.getAttribute(file, "unix:nlink"));
        i++) {
      Thread.sleep(50);
    }
    assertThat(Files.getAttribute(file, "unix:nlink")).isEqualTo(count);
  }

  @Test
  void contentThatWasDamagedSinceIsNotShared() throws Exception {
    String first = uploaded("first", tiny);
    Path old = folder.resolve("data/checkpoints/" + first + "/first/" + WEIGHTS);
    byte[] bytes = Files.readAllBytes(old);
    bytes[bytes.length - 1] ^= 1;
    Files.write(old, bytes);
    String second = uploaded("second", tiny);
    Path kept = folder.resolve("data/checkpoints/" + second + "/second");
    assertThat(Manifest.of(kept).root()).isEqualTo(Manifest.of(tiny).root());
  }

  @Test
  void whatIsTunedFromABaseOnItsWayWaitsForItAndIsCheckedAgainstIt() throws Exception {
    JsonNode base = declare(declaration("base", "base", "", tiny));
    String baseId = base.get("id").textValue();
    String tuned = sendAll(declare(declaration("tuned", "adapter", baseId, adapter)), adapter);
    assertThat(state(tuned).get("state").textValue()).isEqualTo("UPLOADING");
    assertThat(app.page("/checkpoints/" + tuned))
        .contains("All files are here; they are checked when the base is ready.");
    sendAll(base, tiny);
    assertReady(baseId);
    for (int i = 0; i < 100 && state(tuned).get("state").textValue().equals("UPLOADING"); i++) {
      Thread.sleep(50);
    }
    assertReady(tuned);
  }

  @Test
  void whatWaitsForABaseThatIsRejectedIsRejectedWithIt() throws Exception {
    JsonNode base = declare(declaration("base", "base", "", tiny));
    String baseId = base.get("id").textValue();
    String tuned = sendAll(declare(declaration("tuned", "adapter", baseId, adapter)), adapter);
    Files.writeString(
        tiny.resolve("config.json"), "x".repeat((int) Files.size(tiny.resolve("config.json"))));
    sendAll(base, tiny);
    assertThat(settled(baseId).get("state").textValue()).isEqualTo("REJECTED");
    for (int i = 0; i < 100 && state(tuned).get("state").textValue().equals("UPLOADING"); i++) {
      Thread.sleep(50);
    }
    assertThat(settled(tuned).get("problem").textValue())
        .isEqualTo("Its base base was rejected; put that right first, then check this one again.");
    assertThat(app.page("/checkpoints/" + tuned)).contains("Check again");
  }

  @Test
  void aFullDiskKeepsTheOffsetAndTheUploadGoesOnWhenThereIsRoom() throws Exception {
    JsonNode declared = declare(declaration("tiny", "base", "", tiny));
    String url = LongCheckpoint.url(declared, WEIGHTS);
    byte[] weights = Files.readAllBytes(tiny.resolve(WEIGHTS));
    assertThat(app.send(patch(url, Arrays.copyOf(weights, 100_000), 0)).statusCode())
        .isEqualTo(204);
    room.set(0);
    byte[] rest = Arrays.copyOfRange(weights, 100_000, weights.length);
    HttpResponse<String> full = app.send(patch(url, rest, 100_000));
    assertThat(full.statusCode()).isEqualTo(507);
    assertThat(full.body()).contains("The disk is full; free some space and go on.");
    room.set(1L << 40);
    long kept = offset(url);
    assertThat(kept).isGreaterThanOrEqualTo(100_000);
    rest = Arrays.copyOfRange(weights, (int) kept, weights.length);
    assertThat(app.send(patch(url, rest, kept)).statusCode()).isEqualTo(204);
  }

  private long offset(String url) {
    return app.send(
            HttpRequest.newBuilder(app.uri(url))
                .header("Tus-Resumable", "1.0.0")
                .method("HEAD", BodyPublishers.noBody()))
        .headers()
        .firstValueAsLong("Upload-Offset")
        .orElseThrow();
  }

  @Test
  void aSessionThatEndsUnderAnUploadLosesNothingAndTheNextOneGoesOn() throws Exception {
    JsonNode declared = declare(declaration("tiny", "base", "", tiny));
    String url = LongCheckpoint.url(declared, WEIGHTS);
    byte[] weights = Files.readAllBytes(tiny.resolve(WEIGHTS));
    add("root", UserRole.ADMINISTRATOR);
    add("ada", UserRole.AUDITOR);
    Person ada = new Person(app);
    ada.signIn("ada", Person.PASSWORD, "");
    assertThat(as(ada, patch(url, Arrays.copyOf(weights, 50_000), 0)).statusCode()).isEqualTo(204);
    clock.pass(Duration.ofHours(13));
    HttpResponse<String> over = as(ada, patch(url, new byte[10], 50_000));
    assertThat(over.statusCode()).isEqualTo(401);
    assertThat(over.body()).contains("Nobody is signed in, or the session is over; sign in");
    ada.signIn("ada", Person.PASSWORD, "");
    byte[] rest = Arrays.copyOfRange(weights, 50_000, weights.length);
    assertThat(as(ada, patch(url, rest, 50_000)).statusCode()).isEqualTo(204);
  }

  @Test
  void anUploadOfOthersIsNotFoundByItsIdAloneAndViewersSendNothing() throws Exception {
    JsonNode declared = declare(declaration("tiny", "base", "", tiny));
    String url = LongCheckpoint.url(declared, WEIGHTS);
    add("root", UserRole.ADMINISTRATOR);
    add("ben", UserRole.VIEWER);
    Person ben = new Person(app);
    ben.signIn("ben", Person.PASSWORD, "");
    assertThat(as(ben, patch(url, new byte[8], 0)).statusCode()).isEqualTo(403);
    HttpRequest.Builder overridden =
        patch(url, new byte[8], 0).header("X-HTTP-Method-Override", "DELETE");
    assertThat(as(ben, overridden).statusCode()).isEqualTo(400);
    HttpResponse<String> guessed = as(ben, patch("/files/" + "0".repeat(26), new byte[8], 0));
    assertThat(guessed.statusCode()).isEqualTo(403);
  }

  private User add(String name, UserRole role) {
    return app.accounts().users().add(new NewUser(name, "", role), Person.PASSWORD);
  }

  private static HttpResponse<String> as(Person person, HttpRequest.Builder request)
      throws Exception {
    return HttpClient.newHttpClient()
        .send(
            request.header("Cookie", "palimpsest_session=" + person.session()).build(),
            BodyHandlers.ofString());
  }

  @Test
  void aFolderIsProposedFromItsFilesAndToWhoMayNotReadNothingElseIsTold() throws Exception {
    String base = uploaded("_valid_base", tiny);
    String list =
        Json.mapper()
            .createObjectNode()
            .set(
                "files",
                Json.mapper()
                    .createArrayNode()
                    .add(
                        Json.mapper()
                            .valueToTree(
                                Map.of(
                                    "path",
                                    "tune/adapter_config.json",
                                    "size",
                                    10,
                                    "text",
                                    Files.readString(adapter.resolve("adapter_config.json")))))
                    .add(
                        Json.mapper()
                            .valueToTree(
                                Map.of("path", "tune/adapter_model.safetensors", "size", 10))))
            .toString();
    JsonNode told =
        Json.mapper().readTree(app.postJson("/api/checkpoints/propose", list).body()).at("/list/0");
    assertThat(told.get("kind").textValue()).isEqualTo("ADAPTER");
    assertThat(told.get("base").textValue()).isEqualTo(base);
    assertThat(told.get("name").textValue()).isEqualTo("tune");

    User ada = add("root", UserRole.ADMINISTRATOR);
    String token = app.accounts().tokens().add(ada, "send", EnumSet.of(Scope.UPLOAD), 1);
    HttpResponse<String> blind =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(app.uri("/api/checkpoints/propose"))
                    .header("Authorization", "Bearer " + token)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(list))
                    .build(),
                BodyHandlers.ofString());
    assertThat(blind.statusCode()).isEqualTo(200);
    assertThat(blind.body()).doesNotContain(base).contains("No base of that name is ready here");
  }

  @Test
  void aSignatureComesAlongIsShownAndAFileThatIsNotTheSignedOneIsRefused() throws Exception {
    Path signed = copy(FIXTURES.resolve("tiny"), folder.resolve("home/signed"));
    Files.copy(Path.of("src/test/resources/signature/p256.sig"), signed.resolve("model.sig"));
    String id = uploaded("signed", signed);
    assertThat(app.page("/checkpoints/" + id))
        .contains("OpenSSF model signing: sha256 of the files")
        .contains("Agrees with the files, and is by a key that is not known here");
    Files.writeString(signed.resolve("generation_config.json"), "{\"eos_token_id\": 2}");
    JsonNode end = settled(sendAll(declare(declaration("other", "base", "", signed)), signed));
    assertThat(end.get("state").textValue()).isEqualTo("REJECTED");
    assertThat(end.get("problem").textValue())
        .startsWith("generation_config.json: is not the file that was signed: model.sig says");
  }
}
