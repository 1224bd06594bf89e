package dev.palimpsest.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.Json;
import dev.palimpsest.checkpoint.Manifest;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tus project's own JavaScript client against the running app. */
final class TusClientIT {
  private static final Path SOURCE = Path.of("bench/tus");
  private static final Path CLIENT = Path.of("target/tus-client");
  private static final int NOTE_BYTES = 6_000_000;
  private static final int SLOW = 2_000_000;
  private static final long ENOUGH = 1_000_000;

  @TempDir private Path folder;
  private TestApp app;
  private Line line;
  private Path files;
  private JsonNode declared;

  @BeforeAll
  static void installTheClient() throws Exception {
    assumeTrue(isThere("node"), "node is not installed");
    assumeTrue(isThere("npm"), "npm is not installed");
    Files.createDirectories(CLIENT);
    for (String name : List.of("package.json", "package-lock.json", "upload.mjs")) {
      Files.write(CLIENT.resolve(name), Files.readAllBytes(SOURCE.resolve(name)));
    }
    List<String> install = List.of("npm", "ci", "--no-audit", "--no-fund", "--prefer-offline");
    assumeTrue(run(install).code == 0, "npm cannot fetch tus-js-client here");
  }

  @BeforeEach
  void declare() throws IOException {
    files = LongCheckpoint.in(folder.resolve("home/long"), NOTE_BYTES);
    app = TestApp.start(folder.resolve("data"));
    line = new Line(app.port());
    declared =
        Json.mapper()
            .readTree(
                app.postJson("/api/checkpoints", LongCheckpoint.declaration("long", files)).body());
    for (JsonNode file : declared.get("files")) {
      if (!file.get("path").textValue().equals(LongCheckpoint.WEIGHTS)) {
        send(file);
      }
    }
  }

  @AfterEach
  void stop() throws IOException {
    line.close();
    app.close();
  }

  @Test
  void anotherRunOfTheClientGoesOnWhereTheFirstStopped() throws Exception {
    line.slowTo(SLOW);
    Ended first = client("--stop", Long.toString(ENOUGH));
    assertThat(first.says("stopped")).isTrue();
    String url = LongCheckpoint.url(declared, LongCheckpoint.WEIGHTS);
    line.mend();
    Ended second = client("--url", url);
    assertThat(second.lines.get(0).path("method").textValue()).isEqualTo("HEAD");
    assertThat(second.lines.get(0).path("offset").asLong())
        .isBetween(1L, Files.size(files.resolve(LongCheckpoint.WEIGHTS)) - 1);
    assertThat(second.says("done")).isTrue();
    assertWhole();
  }

  @Test
  void theClientComesBackByItselfWhenTheLineBreaks() throws Exception {
    line.slowTo(SLOW);
    Thread breaking = new Thread(this::breakTheLineOnce);
    breaking.start();
    Ended all = client();
    breaking.join();
    assertThat(all.says("done")).as("%s", all.lines).isTrue();
    assertThat(all.lines)
        .anySatisfy(
            answer -> {
              assertThat(answer.path("method").asText()).isEqualTo("HEAD");
              assertThat(answer.path("offset").asLong()).isPositive();
            });
    assertWhole();
  }

  private void breakTheLineOnce() {
    try {
      while (received() < ENOUGH) {
        Thread.sleep(50);
      }
      line.cut();
      Thread.sleep(300);
      line.mend();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private long received() throws IOException {
    String id = declared.get("id").textValue();
    JsonNode state = Json.mapper().readTree(app.get("/api/checkpoints/" + id).body());
    for (JsonNode file : state.get("files")) {
      if (file.get("path").textValue().equals(LongCheckpoint.WEIGHTS)) {
        return file.get("offset").asLong();
      }
    }
    return 0;
  }

  private void assertWhole() throws Exception {
    String id = declared.get("id").textValue();
    JsonNode state = Json.mapper().readTree(app.get("/api/checkpoints/" + id).body());
    while (state.get("state").textValue().equals("CHECKING")) {
      Thread.sleep(100);
      state = Json.mapper().readTree(app.get("/api/checkpoints/" + id).body());
    }
    assertThat(state.get("state").textValue()).as("%s", state).isEqualTo("READY");
    assertThat(app.get("/checkpoints/" + id).body()).contains(Manifest.of(files).root());
  }

  private void send(JsonNode file) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(app.uri(file.get("url").textValue()))
            .header("Tus-Resumable", "1.0.0")
            .header("Content-Type", "application/offset+octet-stream")
            .header("Upload-Offset", "0")
            .method("PATCH", BodyPublishers.ofFile(files.resolve(file.get("path").textValue())));
    assertThat(app.send(request).statusCode()).isEqualTo(204);
  }

  private Ended client(String... options) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                "node",
                "upload.mjs",
                line.address(),
                declared.get("id").textValue(),
                LongCheckpoint.WEIGHTS,
                files.resolve(LongCheckpoint.WEIGHTS).toString()));
    command.addAll(List.of(options));
    return run(command);
  }

  /** How a command ended and the JSON lines that it wrote. */
  private record Ended(int code, List<JsonNode> lines) {
    boolean says(String what) {
      return lines.stream().anyMatch(line -> line.has(what));
    }
  }

  private static Ended run(List<String> command) throws Exception {
    Path out = Files.createTempFile("tus-client", ".log");
    Process process =
        new ProcessBuilder(command)
            .directory(CLIENT.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    if (!process.waitFor(120, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    List<JsonNode> lines = new ArrayList<>();
    try (Stream<String> text = Files.lines(out)) {
      for (String one : text.filter(line -> line.startsWith("{")).toList()) {
        lines.add(Json.mapper().readTree(one));
      }
    }
    Files.delete(out);
    return new Ended(process.waitFor(), lines);
  }

  private static boolean isThere(String program) {
    try {
      return new ProcessBuilder(program, "--version").start().waitFor() == 0;
    } catch (IOException missing) {
      return false;
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }
}
