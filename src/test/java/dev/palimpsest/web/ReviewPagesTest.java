package dev.palimpsest.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.account.NewUser;
import dev.palimpsest.account.SignOffs;
import dev.palimpsest.account.TestClock;
import dev.palimpsest.account.User;
import dev.palimpsest.account.UserRole;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who decides on what, where people sign in; and what an approved checkpoint is good for. */
@Tag("slow")
final class ReviewPagesTest {
  private static final String DIGEST = "ab".repeat(32);

  @TempDir private Path data;
  private final TestClock clock = new TestClock(Instant.now());
  private TestApp app;
  private String id;

  @BeforeEach
  void start() throws Exception {
    Path models = Files.createDirectories(data.resolve("models"));
    Files.createDirectories(models.resolve("base"));
    Files.createDirectories(models.resolve("null-lora"));
    app =
        TestApp.start(
            data.resolve("data"),
            TestApp.With.standard().clock(clock).roots(models).anythingIsACheckpoint());
    id = new SampleReport(app.suites, app.audits).finished();
  }

  @AfterEach
  void stop() {
    app.close();
  }

  private User add(String name, UserRole role) {
    return app.accounts().users().add(new NewUser(name, "The " + name, role), Person.PASSWORD);
  }

  private void asked(User user) {
    app.database()
        .write(
            handle ->
                handle.execute(
                    "insert into audit_person (audit_id, digest, user_id) values (?, '', ?)",
                    id,
                    user.id()));
  }

  /** Signs somebody in with an authenticator, as signing asks for. */
  private Person signedIn(String name) {
    User user = app.accounts().users().named(name).orElseThrow();
    String session = app.accounts().sessions().begin(user, "127.0.0.1", "test", true);
    return new Person(app, session);
  }

  private String form(Person person, String arm) {
    return person.get("/audits/" + id + "/sign-off?arm=" + arm).body();
  }

  private HttpResponse<String> approve(Person person) {
    String page = form(person, "null-lora");
    Matcher digest = Pattern.compile("class=\"digest\">([0-9a-f]{64})").matcher(page);
    assertThat(digest.find()).isTrue();
    String turn = page.replaceAll("(?s).*name=\"turn\" value=\"(\\d+)\".*", "$1");
    return person.post(
        "/account",
        "/audits/" + id + "/sign-off",
        Map.of(
            "decision",
            "approve",
            "arm",
            "null-lora",
            "turn",
            turn.length() < 9 ? turn : "0",
            "digest",
            digest.group(1),
            "password",
            Person.PASSWORD));
  }

  @Test
  void whoAskedForTheAuditSeesWhyOthersDecideAndCannotPostIt() {
    User ada = add("ada", UserRole.ADMINISTRATOR);
    add("ben", UserRole.APPROVER);
    asked(ada);
    Person own = signedIn("ada");
    own.get("/audits/" + id + "/report");
    assertThat(own.get("/reviews").body())
        .contains("Nothing waits for your decision", "Waiting for somebody else")
        .contains("You asked for this audit: somebody else has to decide on it.");
    assertThat(form(own, "null-lora"))
        .contains("You asked for this audit")
        .doesNotContain("name=\"decision\"");
    assertThat(approve(own).statusCode()).isEqualTo(400);
    assertThat(new SignOffs(app.database()).of(id)).isEmpty();

    Person ben = signedIn("ben");
    assertThat(ben.get("/reviews").body())
        .contains("null-lora", "<span class=\"n\">2</span>")
        .doesNotContain("Waiting for somebody else");
    assertThat(approve(ben).statusCode()).isEqualTo(302);
    assertThat(ben.get("/audits").body())
        .contains("null-lora: Approved by The ben")
        .doesNotContain("self-approved", "unauthenticated");
    assertThat(ben.get("/reviews").body()).contains("<span class=\"n\">1</span>");
  }

  @Test
  void aLoneAdministratorApprovesAndEveryPageSaysSelfApproved() {
    User ada = add("ada", UserRole.ADMINISTRATOR);
    asked(ada);
    Person own = signedIn("ada");
    assertThat(form(own, "null-lora")).contains("will say self-approved");
    assertThat(approve(own).statusCode()).isEqualTo(302);
    for (String path :
        new String[] {
          "/audits",
          "/audits/" + id + "/report",
          "/audits/" + id + "/report.html",
          "/audits/" + id + "/checkpoints/null-lora",
          "/history"
        }) {
      assertThat(own.get(path).body()).as(path).contains("Approved by The ada, self-approved");
    }
  }

  @Test
  void whatARoleCannotDoIsNotOffered() {
    add("ada", UserRole.ADMINISTRATOR);
    add("vic", UserRole.VIEWER);
    add("eve", UserRole.AUDITOR);
    Person viewer = signedIn("vic");
    Person auditor = signedIn("eve");
    Person administrator = signedIn("ada");
    assertThat(viewer.get("/reviews").statusCode()).isEqualTo(403);
    for (String path :
        new String[] {
          "/audits", "/checkpoints", "/suites", "/policies", "/audits/" + id + "/report"
        }) {
      assertThat(viewer.get(path).body())
          .as(path)
          .doesNotContain("/audits/new", "/checkpoints/new", "/suites/new", "/reviews", "/remove")
          .doesNotContain("Register a policy", "Review and sign");
    }
    assertThat(auditor.get("/checkpoints").body()).contains("/audits/new", "/checkpoints/new");
    assertThat(auditor.get("/audits/" + id + "/report").body())
        .doesNotContain("/remove", "Review and sign", "/reviews");
    assertThat(administrator.get("/audits/" + id + "/report").body())
        .contains("/remove", "Review and sign", "/reviews");
  }

  @Test
  void anApprovedCheckpointIsMadeTheReferenceAndIsItAsLongAsItsDecisionStands() throws Exception {
    String base = register("base", "base", "");
    String tuned = register("null-lora", "adapter", base);
    assertThat(app.get("/checkpoints/" + tuned).body()).doesNotContain("the reference");
    assertThat(bless(tuned).statusCode()).isEqualTo(422);
    approveOpenly();
    assertThat(app.get("/checkpoints/" + tuned).body())
        .contains("Approved by Ada Byron, unauthenticated", "Make it the reference of its base");
    assertThat(bless(tuned).statusCode()).isEqualTo(302);
    assertThat(app.get("/checkpoints/" + tuned).body())
        .contains("It is the reference of its base")
        .contains("Approved by Ada Byron, unauthenticated on ")
        .doesNotContain("Make it the reference");
    assertThat(app.get("/audits/new").body())
        .contains("is the approved reference of this base", "value=\"" + tuned + "\" checked");
    assertThat(app.get("/audits/new?chosen=1&base=" + base).body())
        .contains("is the approved reference of this base")
        .doesNotContain("value=\"" + tuned + "\" checked");

    clock.pass(Duration.ofDays(8));
    assertThat(app.get("/checkpoints/" + tuned).body())
        .contains("and is that no more", "Expired on ");
    assertThat(app.get("/audits/new").body()).doesNotContain("approved reference");
  }

  private HttpResponse<String> bless(String checkpoint) {
    return app.post("/policies", "/checkpoints/" + checkpoint + "/bless", Map.of());
  }

  private String register(String name, String kind, String base) throws Exception {
    HttpResponse<String> answer =
        app.post(
            "/checkpoints/new",
            "/checkpoints/register",
            Map.of(
                "name", name,
                "kind", kind,
                "base", base,
                "path", data.resolve("models").resolve(name).toString()));
    String checkpoint = answer.headers().firstValue("Location").orElseThrow().replaceAll(".*/", "");
    for (int i = 0; i < 100 && !app.checkpoints().get(checkpoint).isReady(); i++) {
      Thread.sleep(50);
    }
    assertThat(app.checkpoints().get(checkpoint).digest()).contains(DIGEST);
    return checkpoint;
  }

  private void approveOpenly() {
    String path = "/audits/" + id + "/sign-off?arm=null-lora";
    String page = app.get(path).body();
    app.post(
        path,
        path,
        Map.of(
            "decision", "approve",
            "arm", "null-lora",
            "signer", "Ada Byron",
            "expires", LocalDate.now(ZoneOffset.UTC).plusDays(7).toString(),
            "digest", page.replaceAll("(?s).*name=\"digest\" value=\"([0-9a-f]{64})\".*", "$1")));
  }
}
