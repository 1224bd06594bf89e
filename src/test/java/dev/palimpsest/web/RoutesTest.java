package dev.palimpsest.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.Json;
import dev.palimpsest.account.Accounts;
import dev.palimpsest.account.NewUser;
import dev.palimpsest.account.SignOff;
import dev.palimpsest.account.SignOffs;
import dev.palimpsest.account.User;
import dev.palimpsest.account.UserRole;
import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.audit.run.AuditStatus;
import dev.palimpsest.registry.RegisteredCheckpoint;
import dev.palimpsest.registry.Upload;
import dev.palimpsest.web.WebApp.Route;
import dev.palimpsest.web.guard.Role;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What can be asked for, who may ask for it, and what a request without a token changes: nothing.
 */
final class RoutesTest {
  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

  /** Without cookies of its own. */
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TempDir private Path data;
  private TestApp app;
  private String running;
  private String finished;
  private String checkpoint;
  private String upload;

  @BeforeEach
  void start() throws Exception {
    app = TestApp.start(data);
    SampleReport sample = new SampleReport(app.suites, app.audits);
    running = sample.running();
    finished = sample.finished();
    String files = "[{\"path\": \"config.json\", \"size\": 2}]";
    JsonNode declared =
        Json.mapper()
            .readTree(
                app.postJson(
                        "/api/checkpoints",
                        "{\"name\": \"half\", \"kind\": \"base\", \"files\": " + files + "}")
                    .body());
    checkpoint = declared.path("id").textValue();
    upload = declared.path("files").path(0).path("url").textValue().replace("/files/", "");
  }

  @AfterEach
  void stop() {
    app.close();
  }

  @Test
  void everyRouteNeedsOneRoleAndTheTableSaysWhich() throws IOException {
    assertThat(app.routes())
        .allSatisfy(route -> assertThat(route.roles()).as("roles of %s", route).hasSize(1));
    assertThat(table(app.routes())).isEqualTo(golden());
  }

  private static String table(List<Route> routes) {
    Set<String> lines = new TreeSet<>();
    for (Route route : routes) {
      String role = ((Role) route.roles().iterator().next()).label();
      lines.add(String.format(Locale.ROOT, "%-32s %-8s %s\n", route.path(), route.method(), role));
    }
    return String.join("", lines);
  }

  private static String golden() throws IOException {
    try (InputStream text = RoutesTest.class.getResourceAsStream("/routes.txt")) {
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void nothingIsChangedWithoutTheTokenOfAForm() {
    State before = state();
    for (Route route : changing()) {
      for (String path : paths(route)) {
        HttpResponse<String> answer =
            app.send(request(route, path, "application/x-www-form-urlencoded"));
        assertThat(answer.statusCode())
            .as("%s %s: %s", route.method(), path, answer.body())
            .isIn(403, 412, 415);
        assertThat(state()).as("after %s %s", route.method(), path).isEqualTo(before);
      }
    }
  }

  @Test
  void aPageOfAnotherSiteChangesNothingWhateverHeadersItSends() {
    State before = state();
    for (Route route : changing()) {
      for (String path : paths(route)) {
        String type =
            route.method().equals("PATCH") ? "application/offset+octet-stream" : "application/json";
        HttpResponse<String> answer =
            app.send(
                request(route, path, type)
                    .header("Tus-Resumable", "1.0.0")
                    .header("Upload-Offset", "0")
                    .header("Sec-Fetch-Site", "cross-site"));
        assertThat(answer.statusCode()).as("%s %s", route.method(), path).isEqualTo(403);
        assertThat(state()).as("after %s %s", route.method(), path).isEqualTo(before);
      }
    }
  }

  /** Nobody and a viewer, an auditor, an approver and an administrator ask for everything. */
  @Test
  void everyRouteIsRefusedToWhoeverHasLessThanItNeeds() throws Exception {
    Map<UserRole, String> cookies = signEverybodyIn();
    try {
      for (Route route : app.routes()) {
        Role needed = (Role) route.roles().iterator().next();
        assertThat(outcome(route, "")).as("nobody: %s", route).isEqualTo(ofNobody(route, needed));
        for (UserRole role : UserRole.values()) {
          assertThat(outcome(route, cookies.get(role)))
              .as("%s: %s", role, route)
              .isEqualTo(isLetIn(role, needed) ? "let in" : "refused");
        }
      }
    } finally {
      assertThat(app.accounts().users().list()).hasSize(UserRole.values().length);
    }
  }

  private Map<UserRole, String> signEverybodyIn() {
    Accounts accounts = app.accounts();
    Map<UserRole, String> cookies = new EnumMap<>(UserRole.class);
    User first =
        accounts
            .users()
            .add(new NewUser("administrator", "", UserRole.ADMINISTRATOR), "three plain words");
    for (UserRole role : UserRole.values()) {
      User user =
          role == first.role() ? first : accounts.users().add(new NewUser(role.label(), "", role));
      cookies.put(role, accounts.sessions().begin(user, "127.0.0.1", "test", true));
    }
    return cookies;
  }

  private static boolean isLetIn(UserRole role, Role needed) {
    return switch (needed) {
      case ANYONE, ONESELF, VIEWER, WATCHER -> true;
      case AUDITOR -> role != UserRole.VIEWER;
      case APPROVER -> role == UserRole.APPROVER || role == UserRole.ADMINISTRATOR;
      case REMOVER, ADMINISTRATOR -> role == UserRole.ADMINISTRATOR;
    };
  }

  private static String ofNobody(Route route, Role needed) {
    if (needed == Role.ANYONE || needed == Role.WATCHER) {
      return "let in";
    }
    boolean page = route.method().equals("GET") && !route.path().startsWith("/api/");
    return page ? "asked to sign in" : "not known";
  }

  private String outcome(Route route, String cookie) throws Exception {
    String path = paths(route).get(0).replaceAll("\\{[a-z]+\\}", "x");
    HttpResponse<String> answer =
        CLIENT.send(
            HttpRequest.newBuilder(app.uri(path))
                .header("Cookie", "palimpsest_session=" + cookie)
                .method(route.method(), BodyPublishers.noBody())
                .build(),
            BodyHandlers.ofString());
    boolean toSignIn =
        answer.headers().firstValue("Location").filter(to -> to.contains("/sign-in?")).isPresent();
    if (answer.statusCode() == 302 && toSignIn) {
      return "asked to sign in";
    }
    if (answer.statusCode() == 401) {
      return "not known";
    }
    boolean byRole =
        route.method().equals("HEAD") || answer.body().contains("This needs the role of");
    return answer.statusCode() == 403 && byRole ? "refused" : "let in";
  }

  private List<Route> changing() {
    List<Route> routes =
        app.routes().stream().filter(route -> !READING.contains(route.method())).toList();
    assertThat(routes).hasSizeGreaterThan(10);
    return routes;
  }

  /** Returns addresses of things there are, so that only the token is missing. */
  private List<String> paths(Route route) {
    if (route.path().startsWith("/audits/")) {
      return List.of(route.path().replace("{id}", running), route.path().replace("{id}", finished));
    }
    String id = route.path().startsWith("/files") ? upload : checkpoint;
    return List.of(route.path().replace("{id}", id).replaceAll("\\{[a-z]+\\}", "x"));
  }

  private HttpRequest.Builder request(Route route, String path, String type) {
    Map<String, String> fields =
        Map.of(
            "name", "new",
            "kind", "base",
            "path", data.toString(),
            "decision", "approve",
            "signer", "Ada Byron",
            "comment", "fine",
            "digest", digest(),
            "arm", "null-lora");
    return HttpRequest.newBuilder(app.uri(path))
        .header("Content-Type", type)
        .method(route.method(), BodyPublishers.ofString(TestApp.form(fields)));
  }

  private String digest() {
    return app.get("/audits/" + finished + "/sign-off?arm=null-lora")
        .body()
        .replaceAll("(?s).*name=\"digest\" value=\"([0-9a-f]{64})\".*", "$1");
  }

  /** What requests could change. */
  private record State(
      List<RegisteredCheckpoint> checkpoints,
      List<Upload> uploads,
      List<Audit> audits,
      Map<String, AuditStatus> statuses,
      List<SignOff> signed) {}

  private State state() {
    List<Audit> audits = app.audits.list();
    return new State(
        app.checkpoints().list(),
        app.checkpoints().uploads().of(checkpoint),
        audits,
        audits.stream().collect(Collectors.toMap(Audit::id, one -> app.audits.status(one.id()))),
        new SignOffs(app.database()).of(finished));
  }
}
