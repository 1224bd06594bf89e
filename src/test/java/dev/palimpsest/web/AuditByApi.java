package dev.palimpsest.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.Json;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** An audit of the tiny fixture model, registered, started and followed by the REST API alone. */
final class AuditByApi {
  private final ServedApp app;

  AuditByApi(ServedApp app) {
    this.app = app;
  }

  /** Copies the fixture's base and adapter to where a server may register them. */
  static Path models(Path folder) throws Exception {
    copy("llama", folder.resolve("llama"));
    copy("adapters/plain", folder.resolve("plain"));
    return folder;
  }

  private static void copy(String fixture, Path target) throws Exception {
    Files.createDirectories(target);
    Path source = Path.of(AuditByApi.class.getResource("/checkpoint/" + fixture).toURI());
    try (Stream<Path> files = Files.list(source)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, target.resolve(file.getFileName()));
      }
    }
  }

  /** Starts an audit and returns its id. */
  String start(Path models, String depth, String... suites) throws Exception {
    String base = register("llama", "BASE", models.resolve("llama"), "");
    String tuned = register("plain", "ADAPTER", models.resolve("plain"), base);
    HttpResponse<String> made =
        app.post(
            "/api/v1/audits",
            "{\"base\":\"%s\",\"tuned\":[\"%s\"],\"suites\":[\"%s\"],\"depth\":\"%s\"}"
                .formatted(base, tuned, String.join("\",\"", suites), depth));
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    return Json.mapper().readTree(made.body()).path("id").textValue();
  }

  private String register(String name, String kind, Path path, String base) throws Exception {
    String of = base.isEmpty() ? "" : ",\"base\":\"" + base + "\"";
    HttpResponse<String> made =
        app.post(
            "/api/v1/checkpoints",
            "{\"name\":\"%s\",\"kind\":\"%s\",\"path\":\"%s\"%s}".formatted(name, kind, path, of));
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    String id = Json.mapper().readTree(made.body()).path("id").textValue();
    while (true) {
      JsonNode one = app.json("/api/v1/checkpoints/" + id);
      assertThat(one.path("state").asText()).as("%s", one).isIn("CHECKING", "READY");
      if (one.path("state").asText().equals("READY")) {
        return id;
      }
      Thread.sleep(100);
    }
  }

  JsonNode job(String audit) throws IOException {
    return app.json("/api/v1/audits/" + audit + "/progress").path("job");
  }

  void await(String audit, Predicate<JsonNode> wanted) throws Exception {
    for (JsonNode job = job(audit); !wanted.test(job); job = job(audit)) {
      assertThat(job.path("state").asText()).as("%s", job).isIn("QUEUED", "RUNNING");
      Thread.sleep(50);
    }
  }

  void awaitEnd(String audit) throws Exception {
    await(audit, job -> job.path("state").textValue().equals("FINISHED"));
  }
}
