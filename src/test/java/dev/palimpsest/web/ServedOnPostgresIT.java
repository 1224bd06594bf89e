package dev.palimpsest.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.storage.DatabaseServer;
import dev.palimpsest.storage.PostgresServer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code palimpsest serve --database}, in a process of its own. */
final class ServedOnPostgresIT {
  @TempDir Path data;

  @Test
  void whatWasDeclaredIsThereForEveryServerOnTheDatabaseAndFilesLieInTheDataFolder()
      throws Exception {
    DatabaseServer database = PostgresServer.running().emptyDatabase();
    try (ServedApp app = ServedApp.over(data, database)) {
      assertThat(app.get("/audits").statusCode()).isEqualTo(200);
      assertThat(app.get("/healthz/ready").body()).isEqualTo("ok\n");
      JsonNode declared =
          app.declare(
              "{\"name\":\"Zoë\",\"kind\":\"base\",\"files\":[{\"path\":\"config.json\",\"size\":9}]}");
      String url = declared.at("/files/0/url").textValue();
      assertThat(app.append(url, new byte[] {'{', '"'}, 0).statusCode()).isEqualTo(204);
    }
    try (ServedApp again = ServedApp.over(data, database)) {
      assertThat(again.get("/checkpoints").body()).contains("Zoë");
    }
    assertThat(data.resolve("palimpsest.mv.db")).doesNotExist();
    assertThat(data.resolve("uploads")).isNotEmptyDirectory();
  }

  @Test
  void aServerThatIsNotThereEndsTheStartWithOneSentence() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    DatabaseServer nobody =
        new DatabaseServer("jdbc:postgresql://127.0.0.1:" + port + "/audits", "me", "secret");
    Process serving = ServedApp.serving(data, nobody).start();
    String said = new String(serving.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(serving.waitFor()).isEqualTo(4);
    assertThat(said.strip())
        .endsWith(
            "The database server at 127.0.0.1:"
                + port
                + "/audits cannot be reached; start it and try again, or name another one with"
                + " --database.");
  }
}
