package dev.palimpsest.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.Json;
import dev.palimpsest.account.ApiToken.Scope;
import dev.palimpsest.account.NewUser;
import dev.palimpsest.account.User;
import dev.palimpsest.account.UserRole;
import dev.palimpsest.audit.run.AuditState;
import dev.palimpsest.web.guard.Role;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The REST API: all that the pages do, as its description says it. */
@Tag("slow")
final class ApiTest {
  private static final String TABLE =
      "question\\ta\\tb\\tanswer\\nWhat makes the sea salty?\\tsugar\\tsalt\\tb";

  @TempDir private Path folder;
  private Path root;
  private TestApp app;
  private DescribedApi api;

  @BeforeEach
  void start() throws Exception {
    root = Files.createDirectories(folder.resolve("models"));
    app =
        TestApp.start(
            folder.resolve("data"), TestApp.With.standard().anythingIsACheckpoint().roots(root));
    api = new DescribedApi(app);
  }

  @AfterEach
  void stop() {
    app.close();
  }

  @Test
  void theDescriptionNamesEveryRouteAndNoneTooMany() {
    Set<String> described = new TreeSet<>();
    Set<String> ids = new TreeSet<>();
    for (Map.Entry<String, JsonNode> path : api.description().path("paths").properties()) {
      path.getValue()
          .properties()
          .forEach(
              operation -> {
                JsonNode told = operation.getValue();
                described.add(
                    path.getKey()
                        + " "
                        + operation.getKey().toUpperCase(java.util.Locale.ROOT)
                        + " "
                        + told.path("x-least-role").textValue());
                assertThat(ids.add(told.path("operationId").textValue())).isTrue();
              });
    }
    Set<String> registered = new TreeSet<>();
    for (WebApp.Route route : app.routes()) {
      if (route.path().startsWith("/api/v1/")) {
        Role role = (Role) route.roles().iterator().next();
        registered.add(route.path() + " " + route.method() + " " + role.label());
      }
    }
    assertThat(described).isEqualTo(registered).hasSizeGreaterThan(45);
    assertThat(api.description().path("openapi").textValue()).isEqualTo("3.1.0");
  }

  @Test
  void everyOperationAnswersAsItIsDescribed() throws Exception {
    assertThat(api.get("/openapi.json")).isEqualTo(api.description());
    checkpointsAndAudits();
    finishedAudit();
    suites();
    policies();
    people();
    Set<String> ids = new TreeSet<>();
    api.description().path("paths").findValuesAsText("operationId").forEach(ids::add);
    ids.remove("checkCheckpoint"); // needs files that were rejected: see below
    ids.remove("getBundle"); // needs an audit that really ran: see SilentIT
    assertThat(api.answered()).containsAll(ids);
  }

  private void checkpointsAndAudits() throws Exception {
    String base = registered("llama", "BASE", "llama", "");
    String tuned = registered("plain", "ADAPTER", "adapters/plain", base);
    assertThat(api.get("/checkpoints?size=1").path("total").asInt()).isEqualTo(2);
    assertThat(api.get("/checkpoints/" + tuned).path("base").textValue()).isEqualTo(base);

    JsonNode upload =
        api.post(
            "/uploads",
            "{\"name\":\"half\",\"kind\":\"BASE\",\"files\":[{\"path\":\"config.json\",\"size\":2}]}",
            201);
    String id = upload.path("checkpoint").path("id").textValue();
    assertThat(sendFile(upload.path("files").path(0).path("url").textValue())).isEqualTo(204);
    assertThat(api.get("/uploads/" + id).path("files").path(0).path("offset").asInt()).isEqualTo(2);
    api.post("/uploads/" + id + "/finish", "{}", 200);
    while (!api.get("/checkpoints/" + id).path("state").textValue().equals("READY")) {
      Thread.sleep(20);
    }
    api.ask("DELETE", "/checkpoints/" + id, "", 204);
    api.ask("GET", "/checkpoints/" + id, "", 404);

    String plan =
        """
        {"name":"By a program","base":"%s","tuned":["%s"],"suites":["knowledge","reasoning"],
         "depth":"quick","margins":{"knowledge":7.5},"items":{"reasoning":150}}
        """
            .formatted(base, tuned);
    JsonNode preview = api.post("/audit-previews", plan, 200);
    assertThat(preview.path("suites").findValuesAsText("suite"))
        .containsExactly("knowledge", "reasoning");
    assertThat(app.audits.list()).isEmpty();
    JsonNode audit = api.post("/audits", plan, 201);
    assertThat(audit.path("suites").path(0).path("margin").asDouble()).isEqualTo(0.075);
    assertThat(audit.path("suites").path(1).path("items").asInt()).isGreaterThanOrEqualTo(150);
    String started = audit.path("id").textValue();
    api.post("/audits/" + started + "/sweep", "{\"tuned\":\"llama\"}", 422);
    String sweep =
        api.post("/audits/" + started + "/sweep", "{\"tuned\":\"plain\"}", 201)
            .path("id")
            .textValue();
    app.audits.move(sweep, AuditState.CANCELLED, 0, 1, "");
    api.ask("DELETE", "/audits/" + sweep, "", 204);
    api.post("/audits/" + started + "/cancel", "{}", 200);
    assertThat(api.get("/audits/" + started).path("job").path("state").textValue())
        .isEqualTo("CANCELLED");
    api.post("/audits/" + started + "/resume", "{}", 200);
    assertThat(api.ask("DELETE", "/audits/" + started, "", 409).body()).contains("cancel it first");
    app.audits.move(started, AuditState.CANCELLED, 0, 1, "");
    api.ask("DELETE", "/audits/" + started, "", 204);
    assertThat(api.get("/audits").path("total").asInt()).isZero();
  }

  private String registered(String name, String kind, String fixture, String base)
      throws Exception {
    Path source = Path.of(ApiTest.class.getResource("/checkpoint/" + fixture).toURI());
    Path target = Files.createDirectories(root.resolve(name));
    try (var files = Files.list(source)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, target.resolve(file.getFileName()));
      }
    }
    String optional = base.isEmpty() ? "" : ",\"base\":\"" + base + "\"";
    String id =
        api.post(
                "/checkpoints",
                "{\"name\":\"%s\",\"kind\":\"%s\",\"path\":\"%s\"%s}"
                    .formatted(name, kind, target, optional),
                201)
            .path("id")
            .textValue();
    while (!api.get("/checkpoints/" + id).path("state").textValue().equals("READY")) {
      Thread.sleep(20);
    }
    return id;
  }

  private int sendFile(String url) {
    return app.send(
            HttpRequest.newBuilder(app.uri(url))
                .header("Tus-Resumable", "1.0.0")
                .header("Upload-Offset", "0")
                .header("Content-Type", "application/offset+octet-stream")
                .method("PATCH", BodyPublishers.ofString("{}")))
        .statusCode();
  }

  private void finishedAudit() {
    String id = new SampleReport(app.suites, app.audits).finished();
    assertThat(api.get("/audits/" + id).path("verdict").textValue()).isEqualTo("FAIL");
    assertThat(api.get("/audits/" + id + "/progress").path("suites")).isNotEmpty();
    assertThat(api.get("/audits").path("rows").path(0).path("verdict").textValue())
        .isEqualTo("FAIL");
    assertThat(api.get("/audits/" + id + "/report.json").path("verdict").textValue())
        .isEqualTo("FAIL");
    assertThat(api.ask("GET", "/audits/" + id + "/items.jsonl", "", 200).body().lines())
        .isNotEmpty();

    JsonNode lost =
        api.get("/audits/" + id + "/items?suite=knowledge&tuned=sql-forget&change=lost&size=7");
    assertThat(lost.path("total").asInt()).isEqualTo(30);
    assertThat(lost.path("rows")).hasSize(7);
    assertThat(lost.path("rows").path(0).path("change").textValue()).isEqualTo("LOST");
    JsonNode counts = api.get("/audits/" + id + "/items/counts?tuned=sql-forget&change=all");
    assertThat(counts.path("counts").path("suite").path("knowledge").asInt()).isEqualTo(100);

    String item = lost.path("rows").path(0).path("item").textValue();
    String said =
        "{\"suite\":\"knowledge\",\"arm\":\"sql-forget\",\"item\":\"%s\",\"act\":\"%s\","
            + "\"author\":\"Ada\",\"reason\":\"It is right.\"}";
    JsonNode review = api.post("/audits/" + id + "/reviews", said.formatted(item, "RIGHT"), 201);
    assertThat(api.get("/audits/" + id + "/reviews").path("rows").path(0)).isEqualTo(review);
    api.post("/audits/" + id + "/reviews", said.formatted("none", "RIGHT"), 404);
    api.post("/audits/" + id + "/reviews", said.formatted(item, "RETRACTION"), 422);
    api.ask("GET", "/audits/" + id + "/report.html", "", 200);

    JsonNode compared = api.get("/compare?left=" + id + ":null-lora&right=" + id + ":sql-forget");
    assertThat(compared.path("suites").path(0).path("standing").textValue()).isEqualTo("WORSE");
    String digest = api.get("/history").path("rows").path(0).path("digest").textValue();
    assertThat(api.get("/history/" + digest).path("rows").path(0).path("tuned").textValue())
        .isEqualTo("null-lora");
  }

  private void suites() {
    assertThat(api.get("/suites?size=500").path("rows").findValuesAsText("id"))
        .contains("knowledge");
    String suite =
        "{\"id\":\"sea\",\"title\":\"The sea\",\"kind\":\"choice\",\"margin\":5,\"items\":\"%s\"}";
    JsonNode checked = api.post("/suite-checks", suite.formatted(TABLE + "x"), 200);
    assertThat(checked.path("faults").path(0).path("line").asInt()).isEqualTo(2);
    JsonNode refused = api.post("/suites", suite.formatted(TABLE + "x"), 422);
    assertThat(refused.path("field").textValue()).isEqualTo("answer");
    assertThat(refused.path("faults")).isNotEmpty();
    assertThat(api.post("/suites", suite.formatted(TABLE), 201).path("version").textValue())
        .isEqualTo("1.0.0");
    assertThat(api.get("/suites/sea").path("items").asInt()).isEqualTo(1);
    assertThat(api.get("/suites/sea/items?q=salty").path("total").asInt()).isEqualTo(1);
    assertThat(api.ask("GET", "/suites/sea/suite.zip", "", 200).body()).startsWith("PK");
    api.ask("DELETE", "/suites/sea/versions/1.0.0", "", 204);
    api.ask("GET", "/suites/sea", "", 404);
    api.ask("DELETE", "/suites/knowledge/versions/1.0.0", "", 404);
  }

  private void policies() throws IOException {
    String text =
        Json.mapper()
            .writeValueAsString(
                Map.of(
                    "text",
                    "version: 2\nname: a\ngates:\n  - {suite: knowledge, maxDrop: 0.03}\n"));
    String digest = api.post("/policy-checks", text, 200).path("digest").textValue();
    api.ask("GET", "/policies/" + digest, "", 404);
    assertThat(api.post("/policies", text, 201).path("digest").textValue()).isEqualTo(digest);
    assertThat(api.get("/policies/" + digest).path("policy").path("gates")).hasSize(1);
    assertThat(api.get("/policies").path("total").asInt()).isEqualTo(1);
    JsonNode refused =
        api.post("/policies", "{\"text\":\"version: 2\\nname: a\\nalpha: 9\\nbeta: 1\"}", 422);
    assertThat(refused.path("faults")).hasSizeGreaterThan(1);
    assertThat(refused.path("field").textValue()).isEqualTo("text");
  }

  private void people() {
    assertThat(api.get("/me").path("kind").textValue()).isEqualTo("machine");
    assertThat(api.post("/users", "{\"name\":\"ada\",\"role\":\"ADMINISTRATOR\"}", 409).toString())
        .contains("no accounts here yet");
    User ada =
        app.accounts().users().add(new NewUser("ada", "", UserRole.ADMINISTRATOR), Person.PASSWORD);
    api.ask("GET", "/me", "", 401);
    String session = app.accounts().sessions().begin(ada, "127.0.0.1", "test", true);
    api.with("Cookie", "palimpsest_session=" + session);
    assertThat(api.get("/me").path("name").textValue()).isEqualTo("ada");
    JsonNode added = api.post("/users", "{\"name\":\"ben\",\"role\":\"VIEWER\"}", 201);
    assertThat(added.path("address").textValue()).contains("/invitation?secret=");
    String ben = added.path("user").path("id").textValue();
    assertThat(api.post("/users/" + ben + "/role", "{\"role\":\"AUDITOR\"}", 200).path("role"))
        .hasToString("\"AUDITOR\"");
    api.post("/users/" + ben + "/invite", "{}", 200);
    api.post("/users/" + ben + "/enable", "{}", 200);
    api.ask("DELETE", "/users/" + ben + "/authenticator", "", 204);
    String secret =
        api.post("/tokens", "{\"title\":\"ci\",\"scopes\":[\"ADMIN\",\"READ\"],\"days\":7}", 201)
            .path("secret")
            .textValue();
    String own = api.get("/tokens").path("rows").path(0).path("id").textValue();

    api.with("Authorization", "Bearer " + secret);
    assertThat(api.get("/me").path("kind").textValue()).isEqualTo("program");
    assertThat(api.get("/users").path("total").asInt()).isEqualTo(2);
    api.post("/users/" + ben + "/disable", "{}", 200);
    assertThat(api.get("/users/" + ben).path("disabled").asBoolean()).isTrue();
    api.ask("DELETE", "/users/" + ben + "/sessions", "", 204);
    assertThat(api.get("/users/" + ada.id() + "/tokens").path("total").asInt()).isEqualTo(1);
    assertThat(api.post("/users/" + ada.id() + "/disable", "{}", 422).path("detail").textValue())
        .contains("has to be an administrator");
    api.post("/users/" + ben + "/enable", "{}", 403);
    api.post("/users", "{\"name\":\"eve\",\"role\":\"APPROVER\"}", 403);
    api.post("/tokens", "{\"title\":\"more\",\"scopes\":[\"READ\"],\"days\":7}", 403);
    api.with("Cookie", "palimpsest_session=" + session);
    api.ask("DELETE", "/tokens/" + own, "", 204);
    User ben2 = app.accounts().users().withId(ben).orElseThrow();
    app.accounts().tokens().add(ben2, "his", EnumSet.of(Scope.READ), 1);
    String his = api.get("/users/" + ben + "/tokens").path("rows").path(0).path("id").textValue();
    api.ask("DELETE", "/users/" + ben + "/tokens/" + his, "", 204);
    api.with("Authorization", "Bearer " + secret).ask("GET", "/me", "", 401);
  }

  @Test
  void aRejectedCheckpointIsCheckedAgainAndOthersAreNot() throws Exception {
    String id = registered("llama", "BASE", "llama", "");
    assertThat(api.post("/checkpoints/" + id + "/check", "{}", 409).path("detail").textValue())
        .contains("not here any more");
    app.database()
        .write(
            handle -> handle.execute("update checkpoint set state = 'REJECTED' where id = ?", id));
    assertThat(api.post("/checkpoints/" + id + "/check", "{}", 200).path("id").textValue())
        .isEqualTo(id);
  }

  @Test
  void everyFailureIsAProblem() {
    problem(app.get("/api/v1/nothing"), 404, "Not found");
    problem(app.get("/api/v1/audits/none"), 404, "Not found");
    HttpResponse<String> put =
        app.send(HttpRequest.newBuilder(app.uri("/api/v1/audits")).PUT(BodyPublishers.noBody()));
    problem(put, 405, "Method not allowed");
    assertThat(put.headers().firstValue("Allow").orElse("")).contains("GET").contains("POST");
    problem(
        app.send(
            HttpRequest.newBuilder(app.uri("/api/v1/policies"))
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("{}"))),
        415,
        "Other content type needed");
    problem(
        app.postJson("/api/v1/policies", "{\"text\":\"" + "x".repeat(1_100_000) + "\"}"),
        413,
        "Too large");
    problem(app.postJson("/api/v1/policies", "{\"text\":"), 400, "Invalid request");
    problem(app.postJson("/api/v1/policies", ""), 400, "Invalid request");
    problem(
        app.send(
            HttpRequest.newBuilder(app.uri("/api/v1/audits"))
                .header("Authorization", "Bearer no token")),
        401,
        "Not signed in");
    problem(
        app.send(
            HttpRequest.newBuilder(app.uri("/api/v1/policies"))
                .header("Content-Type", "application/json")
                .header("Sec-Fetch-Site", "cross-site")
                .POST(BodyPublishers.ofString("{}"))),
        403,
        "Not allowed");
    problem(app.postJson("/api/v1/audits", "{\"base\":\"x\",\"tuned\":[\"y\"]}"), 404, "Not found");
  }

  @Test
  void whatDoesNotFitTheDescriptionIsRefusedByItsField() {
    assertThat(field("/api/v1/audits", "{\"tuned\":[\"a\"]}")).isEqualTo("base");
    assertThat(field("/api/v1/audits", "{\"base\":\"a\",\"tuned\":[]}")).isEqualTo("tuned");
    assertThat(field("/api/v1/audits", "{\"base\":\"a\",\"tuned\":[\"b\"],\"dpeth\":\"full\"}"))
        .isEqualTo("dpeth");
    assertThat(
            field(
                "/api/v1/uploads",
                "{\"name\":\"a\",\"kind\":\"BASE\",\"files\":[{\"path\":\"a\",\"size\":1.5}]}"))
        .isEqualTo("files[0].size");
    assertThat(field("/api/v1/policies", "[]")).isEqualTo("body");
    assertThat(query("/api/v1/audits?pgae=2")).isEqualTo("pgae");
    assertThat(query("/api/v1/audits?page=0")).isEqualTo("page");
    assertThat(query("/api/v1/audits?page=two")).isEqualTo("page");
    assertThat(query("/api/v1/audits?page=1&page=2")).isEqualTo("page");
    assertThat(query("/api/v1/compare?left=a")).isEqualTo("right");
  }

  private String field(String path, String body) {
    return problem(app.postJson(path, body), 400, "Invalid request").path("field").textValue();
  }

  private String query(String path) {
    return problem(app.get(path), 400, "Invalid request").path("field").textValue();
  }

  private static JsonNode problem(HttpResponse<String> answer, int status, String title) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
    JsonNode problem = DescribedApi.json(answer.body());
    assertThat(problem.path("type").textValue()).startsWith("urn:palimpsest:problem:");
    assertThat(problem.path("title").textValue()).isEqualTo(title);
    assertThat(problem.path("status").asInt()).isEqualTo(status);
    assertThat(problem.path("detail").textValue()).isNotBlank();
    if (status == 401) {
      assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
    }
    return problem;
  }

  /** Programs from before there were problems read the sentence in a field "error". */
  @Test
  void theFirstAddressesOfTheApiTellTheirSentenceAsBefore() {
    HttpResponse<String> refused = app.postJson("/api/checkpoints", "{\"name\":\"a\"}");
    JsonNode problem = problem(refused, 400, "Invalid request");
    assertThat(problem.path("error")).isEqualTo(problem.path("detail"));
    assertThat(DescribedApi.json(app.get("/api/v1/nothing").body()).has("error")).isFalse();
  }
}
