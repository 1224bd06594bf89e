package dev.palimpsest.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.account.ApiToken.Scope;
import dev.palimpsest.account.Authenticator;
import dev.palimpsest.account.NewUser;
import dev.palimpsest.account.SignOffs;
import dev.palimpsest.account.TestClock;
import dev.palimpsest.account.User;
import dev.palimpsest.account.UserRole;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People who sign in, from the first administrator on. */
@Tag("slow")
final class AccountPagesTest {
  @TempDir private Path data;
  private final TestClock clock = new TestClock(Instant.now());
  private TestApp app;

  @BeforeEach
  void start() {
    app = TestApp.startAt(data, clock);
  }

  @AfterEach
  void stop() {
    app.close();
  }

  private User add(String name, UserRole role) {
    return app.accounts().users().add(new NewUser(name, "The " + name, role), Person.PASSWORD);
  }

  private Person signedIn(String name) {
    Person person = new Person(app);
    assertThat(person.signIn(name, Person.PASSWORD, "").statusCode()).isEqualTo(302);
    return person;
  }

  private static String location(HttpResponse<String> answer) {
    return answer.headers().firstValue("Location").orElse("");
  }

  private static String alert(HttpResponse<String> answer) {
    Matcher alert = Pattern.compile("role=\"alert\">([^<]*)<").matcher(answer.body());
    return alert.find() ? alert.group(1) : "";
  }

  private static String found(HttpResponse<String> answer, String pattern) {
    Matcher match = Pattern.compile(pattern).matcher(answer.body());
    assertThat(match.find()).as("%s in %s", pattern, answer.body()).isTrue();
    return match.group(1);
  }

  @Test
  void withoutUsersEverythingIsOpenAndEveryPageSaysSo() {
    Person somebody = new Person(app);
    assertThat(somebody.get("/audits").body()).contains("No accounts: whoever uses this machine");
    assertThat(somebody.get("/account").body()).contains("No accounts yet", "set-up-token");
    assertThat(location(somebody.get("/sign-in"))).endsWith("/audits");
    assertThat(somebody.get("/users").statusCode()).isEqualTo(409);
  }

  @Test
  void theTokenOfTheSetUpMakesTheFirstAdministratorAndThenNobodyIsLetInWithoutSigningIn() {
    String token = app.accounts().setUp().offer().orElseThrow();
    Person ada = new Person(app);
    Map<String, String> form =
        Map.of(
            "secret",
            token,
            "name",
            "Ada",
            "printed",
            "Ada Byron",
            "password",
            Person.PASSWORD,
            "again",
            Person.PASSWORD);
    HttpResponse<String> wrong =
        ada.post("/setup", "/setup", with(form, "secret", "not the token"));
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(alert(wrong)).contains("That is not the set-up token of now");
    assertThat(alert(ada.post("/setup", "/setup", with(form, "again", "other"))))
        .contains("not the same");
    assertThat(location(ada.post("/setup", "/setup", form))).endsWith("/account");
    assertThat(ada.get("/audits").body()).contains("Ada Byron").doesNotContain("No accounts:");
    assertThat(ada.get("/users").body()).contains("Add somebody");
    assertThat(ada.get("/setup").statusCode()).isEqualTo(404);

    Person stranger = new Person(app);
    assertThat(location(stranger.get("/audits?page=2")))
        .endsWith("/sign-in?next=%2Faudits%3Fpage%3D2");
    assertThat(stranger.get("/healthz/live").statusCode()).isEqualTo(200);
  }

  private static Map<String, String> with(Map<String, String> form, String field, String value) {
    Map<String, String> changed = new HashMap<>(form);
    changed.put(field, value);
    return changed;
  }

  @Test
  void signingInLeadsWhereTheVisitorWantedToGoAndNowhereElse() {
    add("ada", UserRole.ADMINISTRATOR);
    Person ada = new Person(app);
    Map<String, String> form = Map.of("name", "ada", "password", Person.PASSWORD);
    for (String evil : new String[] {"//evil.example", "/\\evil.example", "https://evil.example"}) {
      assertThat(location(ada.post("/sign-in", "/sign-in", with(form, "next", evil))))
          .endsWith("/audits");
      ada = new Person(app);
    }
    assertThat(
            location(
                ada.post("/sign-in?next=%2Fsuites", "/sign-in", with(form, "next", "/suites"))))
        .endsWith("/suites");
  }

  @Test
  void theCookieCannotBeReadByScriptsAndChangesWithEverySignIn() {
    add("ada", UserRole.ADMINISTRATOR);
    Person ada = new Person(app);
    HttpResponse<String> answer = ada.signIn("ada", Person.PASSWORD, "");
    assertThat(answer.headers().allValues("Set-Cookie").toString())
        .contains("palimpsest_session=", "HttpOnly", "SameSite=Lax", "Path=/");
    String first = ada.session();
    assertThat(ada.get("/audits").headers().firstValue("Cache-Control")).hasValue("no-store");
    ada.post("/account", "/sign-in", Map.of("name", "ada", "password", Person.PASSWORD));
    assertThat(ada.session()).isNotEmpty().isNotEqualTo(first);
    assertThat(app.accounts().sessions().of(first)).isEmpty();
  }

  @Test
  void aWrongPasswordIsRefusedAndManyHaveToWait() {
    add("ada", UserRole.ADMINISTRATOR);
    Person ada = new Person(app);
    for (int i = 0; i < 5; i++) {
      HttpResponse<String> answer = ada.signIn("ada", "something else entirely", "");
      assertThat(answer.statusCode()).isEqualTo(403);
      assertThat(alert(answer)).contains("is not right");
    }
    assertThat(alert(ada.signIn("ada", Person.PASSWORD, ""))).contains("wait 2 seconds");
    clock.pass(Duration.ofSeconds(2));
    assertThat(ada.signIn("ada", Person.PASSWORD, "").statusCode()).isEqualTo(302);
  }

  @Test
  void aSessionOutlivesARestartAndEndsWithoutUseOrBySigningOut() {
    add("ada", UserRole.ADMINISTRATOR);
    Person ada = signedIn("ada");
    String session = ada.session();
    assertThat(location(ada.post("/account", "/sign-out", Map.of()))).endsWith("/sign-in");
    assertThat(app.accounts().sessions().of(session)).isEmpty();
    Person again = signedIn("ada");
    String kept = again.session();
    app = app.restarted();
    assertThat(app.accounts().sessions().of(kept)).isPresent();
    clock.pass(Duration.ofMinutes(31));
    assertThat(app.accounts().sessions().of(kept)).isEmpty();
  }

  @Test
  void sessionsElsewhereAreListedAndEnded() {
    add("ada", UserRole.ADMINISTRATOR);
    Person here = signedIn("ada");
    Person elsewhere = signedIn("ada");
    String id = found(here.get("/account"), "/account/sessions/([0-9a-f-]{36})/end");
    here.post("/account", "/account/sessions/" + id + "/end", Map.of());
    assertThat(elsewhere.get("/audits").statusCode()).isEqualTo(302);
    assertThat(here.get("/audits").statusCode()).isEqualTo(200);
  }

  @Test
  void aNewPasswordNeedsTheOldOneAndEndsEveryOtherSession() {
    add("ada", UserRole.ADMINISTRATOR);
    Person here = signedIn("ada");
    Person elsewhere = signedIn("ada");
    Map<String, String> form =
        Map.of("old", "wrong", "password", "other plain words", "again", "other plain words");
    assertThat(alert(here.post("/account", "/account/password", form)))
        .contains("not your password");
    assertThat(
            here.post("/account", "/account/password", with(form, "old", Person.PASSWORD))
                .statusCode())
        .isEqualTo(302);
    assertThat(here.get("/audits").statusCode()).isEqualTo(200);
    assertThat(elsewhere.get("/audits").statusCode()).isEqualTo(302);
    assertThat(elsewhere.signIn("ada", "other plain words", "").statusCode()).isEqualTo(302);
  }

  @Test
  void anAdministratorInvitesSomebodyChangesTheRoleAndDisables() {
    add("ada", UserRole.ADMINISTRATOR);
    Person ada = signedIn("ada");
    HttpResponse<String> added =
        ada.post("/users", "/users", Map.of("name", "ben", "printed", "Ben", "role", "viewer"));
    String address = found(added, "(/invitation\\?secret=[\\w-]+)");
    Person ben = new Person(app);
    Map<String, String> passwords =
        Map.of(
            "secret", address.replaceAll(".*=", ""),
            "password", Person.PASSWORD,
            "again", Person.PASSWORD);
    assertThat(ben.get(address).body()).contains("You sign in as <b>ben</b>");
    assertThat(location(ben.post(address, "/invitation", passwords))).endsWith("/sign-in");
    assertThat(ben.get(address).statusCode()).isEqualTo(404);
    assertThat(ben.signIn("ben", Person.PASSWORD, "").statusCode()).isEqualTo(302);
    assertThat(ben.get("/checkpoints/new").statusCode()).isEqualTo(403);

    String id = app.accounts().users().named("ben").orElseThrow().id();
    ada.post("/users", "/users/" + id, Map.of("action", "role", "role", "auditor"));
    assertThat(ben.get("/checkpoints/new").statusCode()).isEqualTo(200);
    ada.post("/users", "/users/" + id, Map.of("action", "disable"));
    assertThat(ben.get("/audits").statusCode()).isEqualTo(302);
    assertThat(ben.signIn("ben", Person.PASSWORD, "").statusCode()).isEqualTo(403);
    String own = app.accounts().users().named("ada").orElseThrow().id();
    assertThat(alert(ada.post("/users", "/users/" + own, Map.of("action", "disable"))))
        .contains("There has to be an administrator");
  }

  @Test
  void aDecisionTakesAnAuthenticatorAndThePasswordWhichOpensTheKeyThatSignsIt() {
    String id = new SampleReport(app.suites, app.audits).finished();
    String path = "/audits/" + id + "/sign-off?arm=null-lora";
    add("ada", UserRole.ADMINISTRATOR);
    User user = add("ben", UserRole.APPROVER);
    Person ben = signedIn("ben");
    HttpResponse<String> page = ben.get(path);
    assertThat(page.body()).contains("Decisions are signed with an authenticator");
    Map<String, String> form =
        Map.of(
            "decision", "approve",
            "comment", "Fine.",
            "signer", "Somebody Else",
            "arm", "null-lora",
            "digest", found(page, "([0-9a-f]{64})"));
    assertThat(ben.post("/account", path, form).statusCode()).isEqualTo(403);

    setUpAuthenticator(ben, user);
    assertThat(ben.get(path).body())
        .contains("name=\"password\"", "You sign as <b>The ben</b>, with a key of your own")
        .doesNotContain("name=\"signer\"");
    assertThat(alert(ben.post(path, path, form))).contains("not your password");
    assertThat(app.accounts().keys().current(user)).isEmpty();
    assertThat(ben.post(path, path, with(form, "password", Person.PASSWORD)).statusCode())
        .isEqualTo(302);
    assertThat(ben.get("/audits").body())
        .contains("Approved by The ben")
        .doesNotContain("unauthenticated", "Somebody Else");
    String key = app.accounts().keys().current(user).orElseThrow().id();
    assertThat(new SignOffs(app.database()).of(id))
        .singleElement()
        .satisfies(one -> assertThat(one.own().orElseThrow().keyId()).isEqualTo(key));
    assertThat(ben.get(path).body())
        .contains("name=\"password\"", "signed with the person", key)
        .contains("with your key <span class=\"digest\">" + key);
    assertThat(ben.get("/account").body()).contains("Your key", key);
  }

  private void setUpAuthenticator(Person person, User user) {
    String secret = app.accounts().factors().begin(user);
    HttpResponse<String> page = person.get("/account/authenticator");
    assertThat(page.body().replace(" ", "")).contains(secret);
    Map<String, String> form =
        Map.of("code", Authenticator.code(secret, clock.instant()), "password", Person.PASSWORD);
    assertThat(
            alert(
                person.post(
                    "/account/authenticator",
                    "/account/authenticator",
                    with(form, "password", "wrong"))))
        .contains("not your password");
    HttpResponse<String> done =
        person.post("/account/authenticator", "/account/authenticator", form);
    assertThat(done.body()).contains("Recovery codes", "shown now and never again");
  }

  @Test
  void anApproverWithoutTheRoleReadsTheDecisionsAndMakesNone() {
    String id = new SampleReport(app.suites, app.audits).finished();
    add("ada", UserRole.ADMINISTRATOR);
    add("eve", UserRole.AUDITOR);
    Person eve = signedIn("eve");
    assertThat(eve.get("/audits/" + id + "/sign-off?arm=null-lora").body())
        .contains("takes the role of approver")
        .doesNotContain("name=\"decision\"");
    assertThat(eve.post("/account", "/audits/" + id + "/sign-off", Map.of()).statusCode())
        .isEqualTo(403);
  }

  @Test
  void aTokenIsShownOnceAndActsForItsUserWithinItsScopes() throws Exception {
    String id = new SampleReport(app.suites, app.audits).finished();
    add("ada", UserRole.ADMINISTRATOR);
    Person ada = signedIn("ada");
    HttpResponse<String> made =
        ada.post(
            "/account",
            "/account/tokens",
            Map.of("title", "pipeline", "scope", "read", "days", "30"));
    String reads = found(made, "(palimpsest_[\\w-]{43})");
    assertThat(ada.get("/account").body()).contains("pipeline").doesNotContain(reads);
    assertThat(status("GET", "/audits/" + id + "/report.json", reads)).isEqualTo(200);
    assertThat(status("POST", "/api/checkpoints", reads)).isEqualTo(403);
    assertThat(status("GET", "/audits", reads + "x")).isEqualTo(401);

    User user = app.accounts().users().named("ada").orElseThrow();
    String everything = app.accounts().tokens().add(user, "all", EnumSet.allOf(Scope.class), 1);
    assertThat(status("POST", "/api/checkpoints", everything)).isEqualTo(400);
    assertThat(status("POST", "/audits/" + id + "/sign-off", everything)).isEqualTo(403);
    assertThat(status("GET", "/users", everything)).isEqualTo(403);
    assertThat(status("GET", "/account", everything)).isEqualTo(403);
    assertThat(status("POST", "/audits/" + id + "/remove", everything)).isEqualTo(403);
    app.accounts().users().add(new NewUser("ben", "", UserRole.ADMINISTRATOR), Person.PASSWORD);
    app.accounts().users().setRole(user.id(), UserRole.VIEWER);
    assertThat(status("POST", "/api/checkpoints", everything)).isEqualTo(403);
  }

  private int status(String method, String path, String token) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(app.uri(path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(method.equals("GET") ? "" : "{}"))
                .build(),
            BodyHandlers.ofString())
        .statusCode();
  }
}
