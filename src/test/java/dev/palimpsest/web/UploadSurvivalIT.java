package dev.palimpsest.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.checkpoint.Manifest;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An upload goes on after the process was killed under it, and after the disk was full. */
final class UploadSurvivalIT {
  private static final int NOTE_BYTES = 20_000_000;
  private static final int PART = 4_000_000;

  @TempDir private Path folder;
  private Path files;
  private byte[] weights;
  private String id;
  private String url;

  private void declareAndSendTheSmallFiles(ServedApp app) throws IOException {
    files = LongCheckpoint.in(folder.resolve("home/long"), NOTE_BYTES);
    weights = Files.readAllBytes(files.resolve(LongCheckpoint.WEIGHTS));
    JsonNode declared = app.declare(LongCheckpoint.declaration("long", files));
    id = declared.get("id").textValue();
    url = LongCheckpoint.url(declared, LongCheckpoint.WEIGHTS);
    for (JsonNode file : declared.get("files")) {
      String path = file.get("path").textValue();
      if (!path.equals(LongCheckpoint.WEIGHTS)) {
        byte[] bytes = Files.readAllBytes(files.resolve(path));
        assertThat(app.append(file.get("url").textValue(), bytes, 0).statusCode()).isEqualTo(204);
      }
    }
  }

  @Test
  void anUploadGoesOnAfterTheAppWasKilledUnderIt() throws Exception {
    Path data = folder.resolve("data");
    ServedApp first = ServedApp.over(data);
    declareAndSendTheSmallFiles(first);
    try (Socket sending = first.begin(url, weights.length)) {
      sendSlowly(sending.getOutputStream(), PART);
      long counted = received(first);
      assertThat(counted).isBetween(1L, (long) PART);
      first.kill();
      try (ServedApp second = ServedApp.over(data)) {
        long offset = second.offset(url);
        assertThat(offset).isGreaterThanOrEqualTo(counted).isLessThanOrEqualTo(PART);
        assertThat(second.append(url, weights, offset).statusCode()).isEqualTo(204);
        assertReady(second);
      }
    }
  }

  @Test
  void anUploadGoesOnAfterTheDiskWasFull() throws Exception {
    Path disk = Files.createDirectories(folder.resolve("disk"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=340m", "tmpfs", disk.toString()) == 0,
        "a small disk cannot be mounted here; it takes root");
    try {
      fillTheDiskUnderAnUpload(disk);
    } finally {
      run("umount", "-l", disk.toString());
    }
  }

  private void fillTheDiskUnderAnUpload(Path disk) throws Exception {
    Path data = disk.resolve("data");
    Path filler = disk.resolve("filler");
    try (ServedApp app = ServedApp.over(data)) {
      declareAndSendTheSmallFiles(app);
      try (Socket sending = app.begin(url, weights.length)) {
        sendSlowly(sending.getOutputStream(), PART);
        fill(filler);
        String answer = sendUntilRefused(sending, PART);
        assertThat(answer).startsWith("HTTP/1.1 507");
        assertThat(answer.substring(answer.indexOf("\r\n\r\n")))
            .contains("free some space")
            .contains("What was received is kept.")
            .doesNotContain("Exception");
      }
      HttpResponse<String> page = app.get("/checkpoints");
      assertThat(page.body()).doesNotContain("Exception").doesNotContain("\tat ");

      Files.delete(filler);
      long offset = app.offset(url);
      assertThat(offset).isBetween(1L, (long) weights.length - 1);
      assertThat(app.append(url, weights, offset).statusCode()).isEqualTo(204);
      assertReady(app);
      assertThat(app.get("/audits").statusCode()).isEqualTo(200);
    }
    try (ServedApp again = ServedApp.over(data)) {
      assertReady(again);
    }
  }

  /** Sends the beginning of the weights and waits until some of it counts. */
  private void sendSlowly(OutputStream out, int bytes) throws Exception {
    int step = bytes / 20;
    for (int at = 0; at < bytes; at += step) {
      out.write(weights, at, Math.min(step, bytes - at));
      out.flush();
      Thread.sleep(100);
    }
  }

  /** What cannot be read back because the server closed while it was sent to is not a failure. */
  private String sendUntilRefused(Socket sending, int from) throws IOException {
    try {
      for (int at = from; at < weights.length; at += 65_536) {
        sending
            .getOutputStream()
            .write(Arrays.copyOfRange(weights, at, Math.min(at + 65_536, weights.length)));
        if (sending.getInputStream().available() > 0) {
          break;
        }
      }
    } catch (IOException closed) {
      // The answer was sent before; it is read next.
    }
    return new String(sending.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static void fill(Path filler) throws IOException {
    byte[] block = new byte[1 << 20];
    try (OutputStream out = Files.newOutputStream(filler)) {
      for (int size = block.length; size > 0; ) {
        try {
          out.write(block, 0, size);
        } catch (IOException full) {
          size /= 2;
        }
      }
    }
  }

  private long received(ServedApp app) throws IOException {
    for (JsonNode file : app.json("/api/checkpoints/" + id).get("files")) {
      if (file.get("path").textValue().equals(LongCheckpoint.WEIGHTS)) {
        return file.get("offset").asLong();
      }
    }
    throw new IllegalStateException("the upload is gone");
  }

  private void assertReady(ServedApp app) throws Exception {
    JsonNode state = app.json("/api/checkpoints/" + id);
    while (state.get("state").textValue().equals("CHECKING")) {
      Thread.sleep(100);
      state = app.json("/api/checkpoints/" + id);
    }
    assertThat(state.get("state").textValue()).as("%s", state).isEqualTo("READY");
    assertThat(app.get("/checkpoints/" + id).body()).contains(Manifest.of(files).root());
  }

  private static int run(String... command) throws Exception {
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException missing) {
      return -1;
    }
  }
}
