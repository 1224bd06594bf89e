package dev.palimpsest.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.checkpoint.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The server is killed at random moments of sending, hashing and moving; {@code
 * bench/upload_kills.py} does so a hundred times.
 */
final class UploadKillIT {
  private static final int NOTE_BYTES = 20_000_000;
  private static final int KILLS_WHILE_SENDING = 2;
  private static final int KILLS_WHILE_CHECKING = 2;

  @TempDir private Path folder;
  private final Random chance = new Random(18);
  private Path data;
  private Path files;
  private String id;
  private JsonNode declared;

  @BeforeEach
  void makeFiles() throws IOException {
    data = folder.resolve("data");
    files = LongCheckpoint.in(folder.resolve("home/long"), NOTE_BYTES);
  }

  private void declare(ServedApp app, String name) throws IOException {
    declared = app.declare(LongCheckpoint.declaration(name, files));
    id = declared.get("id").textValue();
  }

  private void sendTheRest(ServedApp app) throws IOException {
    for (JsonNode file : declared.get("files")) {
      String url = file.get("url").textValue();
      byte[] bytes = Files.readAllBytes(files.resolve(file.get("path").textValue()));
      long offset = app.offset(url);
      if (offset < bytes.length) {
        assertThat(app.append(url, bytes, offset).statusCode()).isEqualTo(204);
      }
    }
  }

  @Test
  void noOffsetThatWasToldGoesBackHoweverOftenTheServerDiesWhileFilesAreSent() throws Exception {
    long told = 0;
    for (int kill = 0; kill < KILLS_WHILE_SENDING; kill++) {
      ServedApp app = ServedApp.over(data);
      if (kill == 0) {
        declare(app, "long");
      }
      String url = LongCheckpoint.url(declared, LongCheckpoint.WEIGHTS);
      byte[] weights = Files.readAllBytes(files.resolve(LongCheckpoint.WEIGHTS));
      long offset = app.offset(url);
      assertThat(offset).isGreaterThanOrEqualTo(told);
      int piece = Math.min(chance.nextInt(weights.length / 8), weights.length - (int) offset);
      byte[] beginning = java.util.Arrays.copyOf(weights, (int) offset + piece);
      assertThat(app.append(url, beginning, offset).statusCode()).isEqualTo(204);
      told = offset + piece;
      Thread rest = new Thread(() -> sendUntilItDies(app, url, weights, offset + piece));
      rest.start();
      Thread.sleep(chance.nextInt(25));
      app.kill();
      rest.join();
    }
    try (ServedApp last = ServedApp.over(data)) {
      sendTheRest(last);
      assertReady(last);
    }
  }

  private static void sendUntilItDies(ServedApp app, String url, byte[] weights, long offset) {
    try {
      app.append(url, weights, offset);
    } catch (java.io.UncheckedIOException killed) {
      // That is what happens here.
    }
  }

  @Test
  void aCheckThatTheServerDiedInIsMadeAgain() throws Exception {
    for (int kill = 0; kill < KILLS_WHILE_CHECKING; kill++) {
      ServedApp app = ServedApp.over(data);
      declare(app, "long " + kill);
      sendTheRest(app);
      Thread.sleep(chance.nextInt(1500));
      app.kill();
      try (ServedApp again = ServedApp.over(data)) {
        assertReady(again);
      }
    }
  }

  private void assertReady(ServedApp app) throws Exception {
    JsonNode state = app.json("/api/checkpoints/" + id);
    while (state.get("state").textValue().equals("CHECKING")) {
      Thread.sleep(50);
      state = app.json("/api/checkpoints/" + id);
    }
    assertThat(state.get("state").textValue()).as("%s", state).isEqualTo("READY");
    assertThat(app.get("/checkpoints/" + id).body()).contains(Manifest.of(files).root());
    try (Stream<Path> kept = Files.list(data.resolve("checkpoints/" + id))) {
      assertThat(Manifest.of(kept.findFirst().orElseThrow()).root())
          .isEqualTo(Manifest.of(files).root());
    }
    assertThat(data.resolve("uploads/" + id)).doesNotExist();
  }
}
