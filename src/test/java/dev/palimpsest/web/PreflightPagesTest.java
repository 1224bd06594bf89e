package dev.palimpsest.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.Json;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training file looked at in the browser, with a tiny base and adapter in real workers. */
@Tag("slow")
final class PreflightPagesTest {
  private static final Path LLAMA = Path.of("src/test/resources/golden/llama").toAbsolutePath();

  @TempDir private Path folder;
  private Path file;
  private TestApp app;

  @BeforeEach
  void start() throws Exception {
    Path root = Files.createDirectories(folder.resolve("training"));
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      rows.add(
          "{\"prompt\":\"When was the town of Tor%d founded?\",\"completion\":\"In 1%d00 <b>.\"}"
              .formatted(i, i));
    }
    rows.add("{\"prompt\":\"Which key?\",\"completion\":\"Use AKIAQ7ZT4WMX2LRD5NBC for it.\"}");
    file = Files.write(root.resolve("train.jsonl"), rows);
    app = TestApp.start(folder.resolve("data"), root, LLAMA);
  }

  @AfterEach
  void stop() {
    app.close();
  }

  @Test
  void aFileIsLookedAtBesideItsBaseAndTuneAndTheResultStays() throws Exception {
    String base = registered("tiny", "base", "", LLAMA);
    String tuned = registered("tune", "adapter", base, LLAMA.resolve("adapters/lora_plain"));

    String address = started(base, tuned, file.toString());
    String page = finished(address);

    assertThat(page)
        .contains("For tiny", "What looks like an AWS access key stands in 1 row")
        .contains("No item of the probes stands in the file")
        .contains("What tune shows of it", "moved from its base by KL")
        .doesNotContain("AKIAQ7ZT4WMX2LRD5NBC", "th:");
    assertThat(Json.mapper().readTree(app.get(address + "/preflight.json").body()).path("tuned"))
        .hasSize(1);
    app = app.restarted();
    assertThat(app.page("/preflight")).contains("train.jsonl", address);
    assertThat(finished(address)).contains("For tiny");
    app.post(address, address + "/remove", Map.of());
    assertThat(app.page("/preflight")).contains("No file was looked at yet");
  }

  @Test
  void whatIsWrongIsSaidAndWhatWasTypedStays() throws Exception {
    String base = registered("tiny", "base", "", LLAMA);

    assertThat(refused(base, "/etc/passwd"))
        .contains("is not inside a folder the server was allowed to read", "/etc/passwd");
    assertThat(refused(base, folder.resolve("training/none.jsonl").toString()))
        .contains("There is no file");
    assertThat(refused(base, "train.jsonl")).contains("Give the full path of the file");
    assertThat(refused("nobody", file.toString())).contains("Choose the base from the list");
    assertThat(app.page("/preflight")).contains("No file was looked at yet");
  }

  @Test
  void aLookThatWasUnderWayWhenTheServerEndedSaysSo() throws Exception {
    String base = registered("tiny", "base", "", LLAMA);
    String address = started(base, "", file.toString());
    finished(address);
    app.database().write(handle -> handle.execute("update preflight set state = 'RUNNING'"));

    app = app.restarted();

    assertThat(app.page(address)).contains("The server stopped while this was under way");
  }

  private String registered(String name, String kind, String base, Path path) throws Exception {
    Map<String, String> fields = new HashMap<>();
    fields.putAll(Map.of("name", name, "kind", kind, "path", path.toString()));
    fields.put("base", base);
    HttpResponse<String> answer = app.post("/checkpoints/new", "/checkpoints/register", fields);
    String id = answer.headers().firstValue("Location").orElseThrow().replaceAll(".*/", "");
    while (!app.checkpoints().get(id).isReady()) {
      assertThat(app.checkpoints().get(id).problem()).isEmpty();
      Thread.sleep(50);
    }
    return id;
  }

  private HttpResponse<String> post(String base, String tuned, String path) {
    return app.post(
        "/preflight",
        "/preflight",
        Map.of("base", base, "tuned", tuned, "path", path, "facts", "none"));
  }

  private String started(String base, String tuned, String path) {
    HttpResponse<String> answer = post(base, tuned, path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
    return answer.headers().firstValue("Location").orElseThrow();
  }

  private String refused(String base, String path) {
    HttpResponse<String> answer = post(base, "", path);
    assertThat(answer.statusCode()).isEqualTo(400);
    return answer.body();
  }

  private String finished(String address) throws Exception {
    String page = app.page(address);
    while (page.contains("This page shows the result")) {
      Thread.sleep(100);
      page = app.page(address);
    }
    return page;
  }
}
