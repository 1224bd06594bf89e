package dev.palimpsest.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.Json;
import java.net.CookieManager;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log as JSON: an object a line, every request among them, and nothing that is private. */
final class JsonLogIT {
  private static final String PASSWORD = "a password that nobody may read";
  private static final String PROMPT = "Wherefore-art-thou";

  @TempDir private Path folder;
  private HttpClient client = browser();

  private static HttpClient browser() {
    return HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
  }

  @Test
  void everyLineIsAnObjectAndNoneTellsASecretOrAPrompt() throws Exception {
    Path models = AuditByApi.models(folder.resolve("models"));
    Path log = folder.resolve("log");
    String token;
    String items;
    try (ServedApp app =
        ServedApp.over(folder.resolve("data"), log, "--log", "json", "--root", models.toString())) {
      AuditByApi program = new AuditByApi(app);
      String audit = program.start(models, "quick", "instruction");
      program.awaitEnd(audit);
      items = app.get("/api/v1/audits/" + audit + "/items.jsonl").body();
      get(app, "/audits/" + audit + "/items?change=all&q=" + PROMPT);
      get(app, "/api/v1/audits/" + audit + "/items?change=all&q=" + PROMPT);
      get(app, "/api/v1/audits/none-" + audit);
      app.post("/api/v1/policies", "{\"text\":\"" + PROMPT + ": [\"}");
      app.post("/api/v1/policies", "{\"text\":\"" + PROMPT);
      token = Files.readString(folder.resolve("data").resolve("set-up-token")).strip();
      Map<String, String> person =
          Map.of(
              "secret",
              token,
              "name",
              "ada",
              "printed",
              "",
              "password",
              PASSWORD,
              "again",
              PASSWORD);
      assertThat(post(app, "/setup", person).statusCode()).isEqualTo(302);
      client = browser();
      post(app, "/sign-in", Map.of("name", "ada", "password", PASSWORD + "!", "code", ""));
      client.send(
          HttpRequest.newBuilder(app.address().resolve("/api/v1/me"))
              .header("Authorization", "Bearer palimpsest_" + PASSWORD.replace(' ', '-'))
              .build(),
          BodyHandlers.ofString());
    }
    String text = Files.readString(log);
    assertThat(text).doesNotContain(PASSWORD, PASSWORD.replace(' ', '-'), token, PROMPT);
    for (String line : items.lines().toList()) {
      JsonNode item = Json.mapper().readTree(line);
      for (String field : List.of("/base/output", "/base/prompt", "/tunedOutcome/output")) {
        String said = item.at(field).asText().strip();
        assertThat(said.length() > 20 && text.contains(said)).as(said).isFalse();
      }
    }
    List<JsonNode> lines = new ArrayList<>();
    for (String line : text.lines().toList()) {
      lines.add(Json.mapper().readTree(line));
    }
    assertThat(lines)
        .allSatisfy(
            line -> {
              assertThat(line.path("time").asText()).matches("\\d{4}-.*Z");
              assertThat(line.path("level").asText()).isIn("INFO", "WARN", "ERROR");
              assertThat(line.path("logger").asText()).isNotEmpty();
              assertThat(line.has("message")).isTrue();
            });
    assertThat(lines)
        .anySatisfy(
            line -> {
              assertThat(line.path("route").asText()).isEqualTo("/api/v1/audits/{id}/items");
              assertThat(line.path("method").asText()).isEqualTo("GET");
              assertThat(line.path("status").asInt()).isEqualTo(200);
              assertThat(line.path("ms").isNumber()).isTrue();
              assertThat(line.path("request").asText()).matches("[0-9a-f]{16}");
            });
  }

  private HttpResponse<String> get(ServedApp app, String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(app.address().resolve(path)).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> post(ServedApp app, String path, Map<String, String> fields)
      throws Exception {
    Map<String, String> all = new HashMap<>(fields);
    all.put("_token", TestApp.token(get(app, path).body()));
    return client.send(
        HttpRequest.newBuilder(app.address().resolve(path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(TestApp.form(all)))
            .build(),
        BodyHandlers.ofString());
  }
}
