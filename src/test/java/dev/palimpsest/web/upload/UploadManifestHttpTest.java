package dev.palimpsest.web.upload;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.Json;
import dev.palimpsest.web.TestApp;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
final class UploadManifestHttpTest {
  @TempDir private Path data;
  private final AtomicLong free = new AtomicLong(1L << 30);
  private TestApp app;

  @BeforeEach
  void start() {
    app = TestApp.startWithRoom(data, free::get);
  }

  @AfterEach
  void stop() {
    app.close();
  }

  private HttpResponse<String> declare(String... paths) {
    ObjectNode request = Json.mapper().createObjectNode();
    request.put("name", "upload").put("kind", "base");
    for (String path : paths) {
      request.withArray("files").addObject().put("path", path).put("size", 5);
    }
    return app.postJson("/api/checkpoints", request.toString());
  }

  private void assertRefused(HttpResponse<String> answer, int status) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).doesNotContain("Exception").contains("\"error\"");
    assertThat(app.get("/checkpoints").body()).contains("No checkpoint yet");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../etc/passwd",
        "..\\..\\config.json",
        "/etc/config.json",
        "C:\\config.json",
        "C:/config.json",
        "a/./config.json",
        "a//config.json",
        "",
        "a/",
        "con/config.json",
        "nul.json",
        "config.json.",
        "config.json ",
        "conf\u0000ig.json",
        "conf\u202Egnosj.json",
        "<img src=x onerror=alert(1)>.safetensors",
        "a/b/c/d/e/f/g/h/config.json"
      })
  void aNameThatIsNotPlainIsRefused(String path) {
    assertRefused(declare(path), 422);
  }

  @Test
  void aNameThatIsTooLongIsRefused() {
    assertRefused(declare("x".repeat(300) + ".json"), 422);
    assertRefused(declare("d/".repeat(2500) + "config.json"), 422);
  }

  @ParameterizedTest
  @CsvSource({
    "config.json, config.json",
    "config.json, Config.json",
    "caf\u00e9.json, cafe\u0301.json"
  })
  void namesThatAreTheSameOnSomeSystemsAreRefused(String one, String twin) {
    assertRefused(declare(one, twin), 422);
  }

  @ParameterizedTest
  @CsvSource({
    "a.json, a.json/b.json",
    "A.json/b.json, a.json",
    "x/a.json/b/c.json, x/a.json",
    "a.json/d/model.safetensors, a.json"
  })
  void aFileThatIsAlsoAFolderIsRefused(String one, String other) {
    HttpResponse<String> answer = declare(one, other, "config.json");
    assertRefused(answer, 422);
    assertThat(answer.body()).contains("folder that is a file in the same list");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1.5", "1.0", "1e2", "\"5\"", "null", "true", "99999999999999999999", "[]"})
  void aSizeThatIsNoWholeNumberOfBytesIsRefused(String size) {
    HttpResponse<String> answer =
        app.postJson(
            "/api/checkpoints",
            "{\"name\": \"x\", \"kind\": \"base\", \"files\": [{\"path\": \"a.json\", \"size\": "
                + size
                + "}]}");
    assertRefused(answer, 400);
    assertThat(answer.body()).contains("a whole number of bytes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"pytorch_model.bin", "model.pt", "model.pkl", "model.zip", "weights.tar.gz"})
  void weightsThatAreNeverReadAreRefusedWhereThereAreNoOthers(String path) {
    assertRefused(declare("config.json", path), 422);
    assertThat(declare("config.json", "model.safetensors", path).statusCode()).isEqualTo(201);
  }

  @Test
  void aFolderWithoutAnyFileOfACheckpointIsRefused() {
    assertRefused(declare("holiday.jpg", "run.sh"), 422);
    assertRefused(declare(), 422);
  }

  @Test
  void leftOversOfATrainingRunAreLeftOutAndNamed() throws Exception {
    HttpResponse<String> answer =
        declare(
            "run/adapter_model.safetensors",
            "run/optimizer.pt",
            "run/.DS_Store",
            "run/.git/config",
            "run/train.jsonl",
            "run/model.py");
    assertThat(answer.statusCode()).isEqualTo(201);
    JsonNode json = Json.mapper().readTree(answer.body());
    assertThat(json.get("files")).hasSize(1);
    assertThat(json.get("leftOut")).hasSize(5);
    assertThat(json.get("files").get(0).get("path").textValue())
        .isEqualTo("adapter_model.safetensors");
    assertThat(json.get("files").get(0).get("source").textValue())
        .isEqualTo("run/adapter_model.safetensors");
  }

  @Test
  void aListOfTooManyFilesIsRefused() {
    String[] paths = new String[2001];
    for (int i = 0; i < paths.length; i++) {
      paths[i] = i + ".json";
    }
    assertRefused(declare(paths), 413);
  }

  @Test
  void aListThatIsLongerThanARequestMayBeIsRefused() {
    StringBuilder list = new StringBuilder("{\"name\":\"x\",\"kind\":\"base\",\"files\":[");
    for (int i = 0; i <= 100_000; i++) {
      list.append(i == 0 ? "" : ",").append("{\"path\":\"").append(i).append(".json\",\"size\":5}");
    }
    assertRefused(app.postJson("/api/checkpoints", list.append("]}").toString()), 413);
  }

  @Test
  void aNameIsTakenAsItIsWrittenAndNothingInItIsDecoded() throws Exception {
    HttpResponse<String> answer = declare("%2e%2e%2fconfig.json", "model.safetensors");
    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(Json.mapper().readTree(answer.body()).at("/files/0/path").textValue())
        .isEqualTo("%2e%2e%2fconfig.json");
  }

  @Test
  void whatOnlyTheServerDecidesIsNotTakenFromARequest() throws Exception {
    HttpResponse<String> answer =
        app.postJson(
            "/api/checkpoints",
            "{\"name\":\"x\",\"kind\":\"base\",\"id\":\"mine\",\"state\":\"READY\",\"digest\":\""
                + "ab".repeat(32)
                + "\",\"location\":\"/etc\",\"files\":[{\"path\":\"config.json\",\"size\":5,"
                + "\"offset\":5,\"url\":\"/files/x\"}]}");
    JsonNode made = Json.mapper().readTree(answer.body());
    assertThat(made.get("id").textValue()).isNotEqualTo("mine");
    assertThat(made.get("state").textValue()).isEqualTo("UPLOADING");
    assertThat(made.at("/files/0/offset").asLong()).isZero();
    assertThat(app.get("/checkpoints").body()).doesNotContain("abababab");
  }

  @Test
  void whatTheDiskHasNoRoomForIsRefusedBeforeTheFirstByte() {
    free.set(4);
    HttpResponse<String> answer = declare("config.json");
    assertRefused(answer, 507);
    assertThat(answer.body()).contains("free some space");
  }

  @Test
  void uploadsUnderWayCountAgainstTheRoom() {
    free.set(9);
    assertThat(declare("config.json").statusCode()).isEqualTo(201);
    HttpResponse<String> second =
        app.postJson(
            "/api/checkpoints",
            "{\"name\": \"two\", \"kind\": \"base\", \"files\": [{\"path\": \"a.json\", \"size\":"
                + " 5}]}");
    assertThat(second.statusCode()).isEqualTo(507);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{\"name\": \"x\", \"kind\": \"base\"}",
        "{\"name\": \"x\", \"kind\": \"base\", \"files\": [{\"path\": \"a.json\", \"size\": -1}]}",
        "{\"name\": \"x\", \"kind\": \"base\", \"files\": [{\"path\": \"a.json\", \"size\":"
            + " \"5\"}]}",
        "{\"name\": \"\", \"kind\": \"base\", \"files\": [{\"path\": \"a.json\", \"size\": 5}]}",
        "{\"name\": \"x\", \"kind\": \"model\", \"files\": [{\"path\": \"a.json\", \"size\": 5}]}",
        "{\"name\": \"x\", \"kind\": \"adapter\", \"files\": [{\"path\": \"a.json\", \"size\":"
            + " 5}]}",
        "{\"name\": \"x\", \"kind\": \"full\", \"base\": \"none\", \"files\": [{\"path\":"
            + " \"a.json\"}]}"
      })
  void aListThatMakesNoSenseIsRefusedWithASentence(String json) {
    HttpResponse<String> answer = app.postJson("/api/checkpoints", json);
    assertThat(answer.statusCode()).isBetween(400, 422);
    assertThat(answer.body()).contains("\"error\"").doesNotContain("Exception");
  }

  @Test
  void aNameThatIsTakenIsRefused() {
    assertThat(declare("config.json").statusCode()).isEqualTo(201);
    HttpResponse<String> again = declare("config.json");
    assertThat(again.statusCode()).isEqualTo(409);
    assertThat(again.body()).contains("choose another name");
  }
}
