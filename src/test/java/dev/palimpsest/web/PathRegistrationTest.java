package dev.palimpsest.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.Json;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever reaches the port may name any path; only what lies under a root is ever opened. */
@Tag("slow")
final class PathRegistrationTest {
  private static final String OUTSIDE = "is not inside a folder the server was allowed to read";

  @TempDir private Path folder;
  private Path root;
  private Path secret;
  private TestApp app;

  @BeforeEach
  void start() throws IOException {
    root = Files.createDirectories(folder.resolve("models"));
    secret = Files.createDirectories(folder.resolve("secret"));
    Files.writeString(secret.resolve("config.json"), "{}");
    app = TestApp.start(folder.resolve("data"), root);
  }

  @AfterEach
  void stop() {
    app.close();
  }

  private HttpResponse<String> register(String path) {
    return register("one", path);
  }

  private HttpResponse<String> register(String name, String path) {
    return app.post(
        "/checkpoints/new",
        "/checkpoints/register",
        Map.of("name", name, "kind", "base", "path", path));
  }

  private void assertRefused(String path, String sentence) {
    HttpResponse<String> answer = register(path);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains(sentence).doesNotContain("Exception");
    assertThat(app.get("/checkpoints").body()).contains("No checkpoint yet");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/etc/passwd", "/proc/self/environ", "/nowhere/at/all", "/"})
  void whatLiesOutsideTheRootsIsRefusedWhetherItIsThereOrNot(String path) {
    assertRefused(path, OUTSIDE);
  }

  @Test
  void dotsDoNotLeadOutOfARoot() {
    assertRefused(root + "/../secret", OUTSIDE);
    assertRefused(root + "/x/../../secret", OUTSIDE);
    assertRefused(root + "-beside", OUTSIDE);
  }

  @Test
  void aLinkInsideARootDoesNotLeadOutOfIt() throws IOException {
    Files.createSymbolicLink(root.resolve("link"), secret);
    assertRefused(root.resolve("link").toString(), OUTSIDE);
    assertRefused(root.resolve("link/config.json").toString(), OUTSIDE);
  }

  /** The links of a snapshot lead into the blobs beside it, which a root must hold too. */
  @Test
  void aSnapshotWhoseBlobsLieOutsideTheRootIsRefused() throws IOException {
    Path repository = secret.resolve("models--org--tiny");
    Path snapshot = Files.createDirectories(repository.resolve("snapshots/0123"));
    try (TestApp narrow = TestApp.start(folder.resolve("narrow"), snapshot)) {
      HttpResponse<String> answer =
          narrow.post(
              "/checkpoints/new",
              "/checkpoints/register",
              Map.of("name", "one", "kind", "base", "path", snapshot.toString()));
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body())
          .contains("start it with --root and the folder models--org--tiny or one above it");
    }
  }

  @Test
  void aRepositoryOfTheCacheIsRegisteredAsItsSnapshot() throws Exception {
    Path repository = root.resolve("models--org--tiny");
    Path snapshot = Files.createDirectories(repository.resolve("snapshots/0123"));
    Files.createDirectories(repository.resolve("blobs"));
    Files.writeString(repository.resolve("blobs/b"), "{");
    Files.createSymbolicLink(snapshot.resolve("config.json"), Path.of("../../blobs/b"));
    HttpResponse<String> answer = register(repository.toString());
    String id = answer.headers().firstValue("Location").orElseThrow().replaceAll(".*/", "");
    assertThat(awaitRejection(id)).contains("hf download org/tiny --revision 0123");
    assertThat(app.get("/checkpoints/" + id).body()).contains(snapshot.toRealPath().toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "models", "../models", "file:///etc/passwd", "~/models", "/a\0b"})
  void whatIsNoFullPathIsRefused(String path) {
    assertRefused(path, "Give the full path of the checkpoint on the server");
  }

  @Test
  void whatIsNotThereIsSaidInsideARoot() {
    assertRefused(root.resolve("nothing").toString(), "There is no folder or file");
  }

  @Test
  void aPipeIsNotOpened() throws Exception {
    Path pipe = root.resolve("pipe.gguf");
    if (new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0) {
      assertRefused(pipe.toString(), "There is no folder or file");
    }
  }

  @Test
  void aFolderThatBecameALinkBeforeItWasReadIsNotFollowed() throws Exception {
    Path model = Files.createDirectory(root.resolve("model"));
    Files.writeString(model.resolve("config.json"), "{");
    HttpResponse<String> answer = register(model.toString());
    String id = answer.headers().firstValue("Location").orElseThrow().replaceAll(".*/", "");
    awaitRejection(id);
    Files.delete(model.resolve("config.json"));
    Files.delete(model);
    Files.createSymbolicLink(model, secret);
    String page = "/checkpoints/" + id;
    assertThat(app.post(page, page + "/check", Map.of()).statusCode()).isEqualTo(302);
    assertThat(awaitRejection(id)).contains(OUTSIDE);
  }

  @Test
  void aNameThatIsMarkupIsShownAsItIsEverywhere() throws IOException {
    Path model = Files.createDirectory(root.resolve("<b>model"));
    Files.writeString(model.resolve("<img src=x onerror=alert(1)>.py"), "");
    register("<script>alert(1)</script>", model.toString());
    for (String page : new String[] {"/checkpoints", "/checkpoints/new", "/audits/new"}) {
      assertThat(app.get(page).body()).doesNotContain("<script>alert").doesNotContain("<img src=x");
    }
    assertThat(app.get("/checkpoints").body()).contains("&lt;script&gt;alert(1)&lt;/script&gt;");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\u202Eb", "a\u0000b", "a\nb", "\u200B"})
  void aNameThatDeceivesTheEyeIsRefused(String name) {
    HttpResponse<String> answer = register(name, root.toString());
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("The checkpoint&#39;s name h");
  }

  private String awaitRejection(String id) throws Exception {
    JsonNode state = Json.mapper().readTree(app.get("/api/checkpoints/" + id).body());
    while (state.get("state").textValue().equals("CHECKING")) {
      Thread.sleep(50);
      state = Json.mapper().readTree(app.get("/api/checkpoints/" + id).body());
    }
    assertThat(state.get("state").textValue()).isEqualTo("REJECTED");
    return state.get("problem").textValue();
  }
}
