package dev.palimpsest.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.palimpsest.account.NewUser;
import dev.palimpsest.account.TestClock;
import dev.palimpsest.account.User;
import dev.palimpsest.account.UserRole;
import dev.palimpsest.oidc.ProviderSettings;
import dev.palimpsest.oidc.RoleClaim;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** People who sign in by an OpenID Connect provider, and what is not taken for one. */
@Tag("slow")
final class ProviderPagesTest {
  private static final Map<String, Object> CAROL =
      Map.of("name", "Carol Shaw", "email", "carol@company.example", "preferred_username", "carol");

  private static RSAKey othersKey;

  @TempDir private Path data;
  private final TestClock clock = new TestClock(Instant.now());
  private final CompanyProvider company = new CompanyProvider();
  private TestApp app;

  @BeforeAll
  static void makeAKey() throws Exception {
    othersKey = new RSAKeyGenerator(2048).keyID("of-somebody-else").generate();
  }

  @BeforeEach
  void start() {
    start(company.settings(Optional.empty(), false));
    app.accounts()
        .users()
        .add(new NewUser("ada", "Ada Byron", UserRole.ADMINISTRATOR), Person.PASSWORD);
  }

  private void start(ProviderSettings settings) {
    TestApp.With with = TestApp.With.standard().clock(clock).provider(settings);
    app = app == null ? TestApp.start(data, with) : app.restarted(with);
  }

  @AfterEach
  void stop() {
    app.close();
    company.close();
  }

  private static URI location(HttpResponse<String> answer) {
    return URI.create(answer.headers().firstValue("Location").orElse(""));
  }

  private static String alert(HttpResponse<String> answer) {
    Matcher alert = Pattern.compile("role=\"alert\">([^<]*)<").matcher(answer.body());
    return alert.find() ? alert.group(1) : "";
  }

  private static URI begin(Person person, String path) {
    HttpResponse<String> answer = person.get(path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
    return location(answer);
  }

  /** Brings the browser back from the provider. */
  private static HttpResponse<String> back(Person person, URI sent) {
    return person.get(sent.getRawPath() + "?" + sent.getRawQuery());
  }

  private HttpResponse<String> enter(Person person, String subject, Map<String, Object> claims) {
    return back(person, company.signIn(begin(person, "/sign-in/provider"), subject, claims));
  }

  private User user(String subject) {
    return app.accounts().identities().user(company.issuer(), subject).orElseThrow();
  }

  private Person ada() {
    Person ada = new Person(app);
    assertThat(ada.signIn("ada", Person.PASSWORD, "").statusCode()).isEqualTo(302);
    return ada;
  }

  @Test
  void aButtonLeadsToTheProviderAndBackToWhereTheVisitorWantedToGo() {
    Person carol = new Person(app);
    assertThat(carol.get("/sign-in?next=/suites").body())
        .contains("Sign in by Company sign-in", "/sign-in/provider?next=");
    URI asked = begin(carol, "/sign-in/provider?next=%2Fsuites");
    assertThat(CompanyProvider.query(asked, "response_type")).isEqualTo("code");
    assertThat(CompanyProvider.query(asked, "code_challenge_method")).isEqualTo("S256");
    assertThat(CompanyProvider.query(asked, "code_challenge")).hasSize(43);
    assertThat(CompanyProvider.query(asked, "state")).hasSize(43);
    assertThat(CompanyProvider.query(asked, "nonce")).hasSize(43);
    assertThat(CompanyProvider.query(asked, "prompt")).isEmpty();

    HttpResponse<String> answer = back(carol, company.signIn(asked, "sub-carol", CAROL));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("content=\"0;url=/suites\"");
    assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
    assertThat(answer.headers().allValues("Set-Cookie").toString())
        .contains("palimpsest_session=", "HttpOnly", "SameSite=Lax");
    assertThat(carol.get("/account").body())
        .contains("Carol Shaw", "by " + company.issuer(), "None: you sign in by Company sign-in");
    assertThat(user("sub-carol").role()).isEqualTo(UserRole.VIEWER);
    assertThat(carol.get("/checkpoints/new").statusCode()).isEqualTo(403);
  }

  @Test
  void nobodyIsTakenForAUserByNameOrMailAddress() {
    enter(
        new Person(app),
        "sub-mallory",
        Map.of("name", "Ada Byron", "preferred_username", "ada", "email", "ada@company.example"));
    User mallory = user("sub-mallory");
    assertThat(mallory.name()).startsWith("ada@");
    assertThat(mallory.printedName()).isEqualTo("Ada Byron (" + mallory.name() + ")");
    assertThat(mallory.role()).isEqualTo(UserRole.VIEWER);
    enter(new Person(app), "sub-other", Map.of("preferred_username", "Ada"));
    assertThat(user("sub-other").name()).startsWith("ada-2@");
  }

  @Test
  void somebodyIsTheSameUserWhateverTheProviderCallsThem() {
    enter(new Person(app), "sub-carol", CAROL);
    User before = user("sub-carol");
    enter(new Person(app), "sub-carol", Map.of("name", "Ada Byron", "email", "x@y.example"));
    assertThat(user("sub-carol")).isEqualTo(before);
    assertThat(app.accounts().users().list()).hasSize(2);
    assertThat(ada().get("/users").body()).contains("there Ada Byron x@y.example");
  }

  @Test
  void rolesAreReadAnewAtEachSignInAndTheHighestCounts() {
    start(
        company.settings(
            Optional.of(
                new RoleClaim(
                    "realm_access.roles",
                    Map.of(
                        UserRole.ADMINISTRATOR, Set.of("ml-admins"),
                        UserRole.AUDITOR, Set.of("ml", "audit")))),
            false));
    enter(new Person(app), "sub-carol", roles(List.of("staff", "ml", "ml-admins")));
    assertThat(user("sub-carol").role()).isEqualTo(UserRole.ADMINISTRATOR);
    enter(new Person(app), "sub-carol", roles("audit"));
    assertThat(user("sub-carol").role()).isEqualTo(UserRole.AUDITOR);
    enter(new Person(app), "sub-carol", Map.of());
    assertThat(user("sub-carol").role()).isEqualTo(UserRole.VIEWER);
  }

  private static Map<String, Object> roles(Object roles) {
    return Map.of("realm_access", Map.of("roles", roles));
  }

  @Test
  void anEndedUserStaysOutWhateverTheProviderSays() {
    Person carol = new Person(app);
    enter(carol, "sub-carol", CAROL);
    app.accounts().users().disable(user("sub-carol").id());
    assertThat(carol.get("/audits").statusCode()).isEqualTo(302);
    HttpResponse<String> answer = enter(carol, "sub-carol", CAROL);
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(alert(answer)).contains("was ended by an administrator");
    assertThat(carol.get("/audits").statusCode()).isEqualTo(302);
  }

  @Test
  void whoIsNotInvitedIsToldByWhatAnAdministratorLinksThem() {
    start(company.settings(Optional.empty(), true));
    Person carol = new Person(app);
    HttpResponse<String> answer = enter(carol, "sub-carol", CAROL);
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(alert(answer)).contains("You are not invited here yet", "sub-carol");
    assertThat(app.accounts().users().list()).hasSize(1);

    User ben =
        app.accounts().users().add(new NewUser("ben", "Ben", UserRole.AUDITOR), Person.PASSWORD);
    Map<String, String> link = Map.of("action", "link", "subject", "sub-carol");
    Person ada = ada();
    assertThat(ada.post("/users", "/users/" + ben.id(), link).statusCode()).isEqualTo(302);
    enter(carol, "sub-carol", CAROL);
    assertThat(user("sub-carol").id()).isEqualTo(ben.id());
    assertThat(carol.get("/checkpoints/new").statusCode()).isEqualTo(200);
    ada.post("/users", "/users/" + ben.id(), Map.of("action", "unlink"));
    assertThat(carol.get("/audits").statusCode()).isEqualTo(302);
    assertThat(enter(carol, "sub-carol", CAROL).statusCode()).isEqualTo(403);
  }

  @Test
  void theLastAdministratorWithAPasswordStaysOne() {
    start(
        company.settings(
            Optional.of(new RoleClaim("groups", Map.of(UserRole.AUDITOR, Set.of("ml")))), false));
    User ada = app.accounts().users().named("ada").orElseThrow();
    app.accounts().identities().link(ada, company.issuer(), "sub-ada");
    Person there = new Person(app);
    enter(there, "sub-ada", Map.of());
    assertThat(there.get("/users").statusCode()).isEqualTo(200);
  }

  /** What is wrong with an ID token, and what is said of it. */
  private enum Forged {
    UNSIGNED("not signed as it should be"),
    SIGNED_BY_THE_SECRET("not signed as it should be"),
    SIGNED_BY_ANOTHER_KEY("not signed as it should be"),
    FOR_ANOTHER_CLIENT("for another application (audience)"),
    BY_ANOTHER_PARTY("for another application (a"),
    OF_ANOTHER_SIGN_IN("of another sign-in (nonce)"),
    WITHOUT_NONCE("of another sign-in (nonce)"),
    OF_ANOTHER_ISSUER("of another provider (issuer)"),
    EXPIRED("its time is over"),
    FROM_THE_FUTURE("its time is over or not yet come");

    private final String said;

    Forged(String said) {
      this.said = said;
    }
  }

  @ParameterizedTest
  @EnumSource(Forged.class)
  void whatTheProviderDidNotSayOfThisSignInIsNotBelieved(Forged forged) throws Exception {
    Person mallory = new Person(app);
    URI asked = begin(mallory, "/sign-in/provider");
    URI sent = company.signIn(asked, "sub-mallory", Map.of());
    JWT token = forge(forged, company.rightClaims(asked));
    company.giveInstead(token);
    if (forged != Forged.UNSIGNED && forged != Forged.SIGNED_BY_THE_SECRET) {
      company.answerNext(
          forged == Forged.SIGNED_BY_ANOTHER_KEY
              ? new JWKSet(new RSAKeyGenerator(2048).keyID("of-somebody-else").generate())
                  .toString()
              : new JWKSet(othersKey).toString());
    }
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    HttpResponse<String> answer;
    try {
      answer = back(mallory, sent);
    } finally {
      System.setErr(before);
    }
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(alert(answer)).contains("cannot be relied on", forged.said);
    assertThat(mallory.session()).isEmpty();
    assertThat(app.accounts().users().list()).hasSize(1);
    String ours =
        log.toString(StandardCharsets.UTF_8)
            .lines()
            .filter(line -> line.matches(".* (ProviderPages|Provider|Discovery) - .*"))
            .collect(Collectors.joining("\n"));
    assertThat(ours)
        .contains("cannot be relied on")
        .doesNotContain(
            token.serialize(), CompanyProvider.query(sent, "code"), "sub-mallory", "access-of");
  }

  @Test
  void aTokenWithNothingWrongAndANewKeyOfTheProvidersIsTaken() throws Exception {
    enter(new Person(app), "sub-carol", CAROL); // the keys are known from here on
    Person carol = new Person(app);
    URI asked = begin(carol, "/sign-in/provider");
    URI sent = company.signIn(asked, "sub-carol", Map.of());
    company.giveInstead(signed(company.rightClaims(asked), othersKey));
    company.answerNext(new JWKSet(othersKey).toString());
    assertThat(back(carol, sent).statusCode()).isEqualTo(200);
    assertThat(user("sub-mallory").name()).startsWith("user@");
  }

  private static JWT forge(Forged forged, Map<String, Object> right) throws Exception {
    Map<String, Object> claims = new HashMap<>(right);
    long now = Instant.now().getEpochSecond();
    switch (forged) {
      case FOR_ANOTHER_CLIENT -> claims.put("aud", "another");
      case BY_ANOTHER_PARTY -> claims.put("azp", "another");
      case OF_ANOTHER_SIGN_IN -> claims.put("nonce", "of-another-sign-in");
      case WITHOUT_NONCE -> claims.remove("nonce");
      case OF_ANOTHER_ISSUER -> claims.put("iss", "https://evil.example");
      case EXPIRED -> claims.putAll(Map.of("iat", now - 700, "exp", now - 90));
      case FROM_THE_FUTURE -> claims.put("iat", now + 90);
      case UNSIGNED, SIGNED_BY_THE_SECRET, SIGNED_BY_ANOTHER_KEY -> {}
    }
    if (forged == Forged.UNSIGNED) {
      return new PlainJWT(JWTClaimsSet.parse(claims));
    }
    if (forged == Forged.SIGNED_BY_THE_SECRET) {
      byte[] secret = CompanyProvider.SECRET.getBytes(StandardCharsets.UTF_8);
      return signed(claims, new JWSHeader(JWSAlgorithm.HS256), new MACSigner(secret));
    }
    return signed(claims, othersKey);
  }

  private static JWT signed(Map<String, Object> claims, RSAKey key) throws Exception {
    JWSHeader head = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build();
    return signed(claims, head, new RSASSASigner(key));
  }

  private static JWT signed(Map<String, Object> claims, JWSHeader head, JWSSigner signer)
      throws Exception {
    SignedJWT token = new SignedJWT(head, JWTClaimsSet.parse(claims));
    token.sign(signer);
    return token;
  }

  @Test
  void anAnswerCountsOnceAndACodeToo() {
    Person carol = new Person(app);
    URI sent = company.signIn(begin(carol, "/sign-in/provider"), "sub-carol", CAROL);
    assertThat(back(carol, sent).statusCode()).isEqualTo(200);
    assertThat(back(carol, sent).statusCode()).isEqualTo(403);

    Person mallory = new Person(app);
    String state = CompanyProvider.query(begin(mallory, "/sign-in/provider"), "state");
    HttpResponse<String> answer =
        mallory.get(
            "/sign-in/provider/callback?state="
                + state
                + "&code="
                + CompanyProvider.query(sent, "code"));
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(mallory.session()).isEmpty();
  }

  @Test
  void aCodeOfAnotherBrowsersSignInIsOfNoUseWithoutItsVerifier() {
    Person carol = new Person(app);
    URI sent = company.signIn(begin(carol, "/sign-in/provider"), "sub-carol", CAROL);
    Person mallory = new Person(app);
    String state = CompanyProvider.query(begin(mallory, "/sign-in/provider"), "state");
    HttpResponse<String> answer =
        mallory.get(
            "/sign-in/provider/callback?state="
                + state
                + "&code="
                + CompanyProvider.query(sent, "code"));
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(mallory.session()).isEmpty();
  }

  @Test
  void anAnswerInAnotherBrowserOrTooLateIsNotTaken() {
    Person mallory = new Person(app);
    URI sent = company.signIn(begin(mallory, "/sign-in/provider"), "sub-mallory", Map.of());
    Person carol = new Person(app);
    HttpResponse<String> answer = back(carol, sent);
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(alert(answer)).contains("was not begun in this browser");
    begin(carol, "/sign-in/provider");
    assertThat(alert(back(carol, sent))).contains("was not begun in this browser");
    assertThat(carol.session()).isEmpty();
    clock.pass(Duration.ofMinutes(11));
    assertThat(alert(back(mallory, sent))).contains("took longer than ten minutes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//evil.example",
        "/\\evil.example",
        "https://evil.example",
        "javascript:alert(1)"
      })
  void theWayOnStaysHere(String evil) {
    Person carol = new Person(app);
    URI asked = begin(carol, "/sign-in/provider?" + TestApp.form(Map.of("next", evil)));
    assertThat(back(carol, company.signIn(asked, "sub-carol", CAROL)).body())
        .contains("content=\"0;url=/audits\"")
        .doesNotContain("evil.example", "alert(1)");
  }

  @Test
  void aRefusalOfTheProvidersIsOneSentence() {
    Person carol = new Person(app);
    String state = CompanyProvider.query(begin(carol, "/sign-in/provider"), "state");
    assertThat(alert(carol.get("/sign-in/provider/callback?error=access_denied&state=" + state)))
        .isEqualTo(
            "Company sign-in did not let you in (access_denied); try again, or ask who runs it.");
    String other = CompanyProvider.query(begin(carol, "/sign-in/provider"), "state");
    assertThat(
            alert(
                carol.get(
                    "/sign-in/provider/callback?code=c&iss=https%3A%2F%2Fevil.example&state="
                        + other)))
        .contains("came from another provider");
  }

  @Test
  void aProviderThatIsNotReachedLeavesThePasswords() throws Exception {
    int nobodys;
    try (ServerSocket socket = new ServerSocket(0)) {
      nobodys = socket.getLocalPort();
    }
    start(settings("http://127.0.0.1:" + nobodys));
    Person carol = new Person(app);
    HttpResponse<String> answer = carol.get("/sign-in/provider");
    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(alert(answer)).contains("does not answer as it should just now");
    assertThat(ada().get("/audits").statusCode()).isEqualTo(200);
  }

  private static ProviderSettings settings(String issuer) {
    return new ProviderSettings(
        URI.create(issuer), "palimpsest", "secret", "Company sign-in", Optional.empty(), false);
  }

  @Test
  void aProviderThatCallsItselfOtherwiseOrSaysTooMuchIsNotUsed() {
    Person carol = new Person(app);
    company.answerNext("{\"padding\":\"" + "x".repeat(300_000) + "\"}");
    assertThat(alert(carol.get("/sign-in/provider"))).contains("does not answer as it should");
    start(settings(company.issuer() + "/"));
    assertThat(alert(new Person(app).get("/sign-in/provider")))
        .contains("calls itself by another address");
  }

  @Test
  void aDecisionTakesThatTheProviderAsksAnew() {
    String id = new SampleReport(app.suites, app.audits).finished();
    String path = "/audits/" + id + "/sign-off?arm=null-lora";
    Person carol = new Person(app);
    enter(carol, "sub-carol", CAROL);
    app.accounts().users().setRole(user("sub-carol").id(), UserRole.APPROVER);
    HttpResponse<String> page = carol.get(path);
    assertThat(page.body()).contains("Prove it at Company sign-in").doesNotContain("<textarea");
    Matcher digest = Pattern.compile("[0-9a-f]{64}").matcher(page.body());
    assertThat(digest.find()).isTrue();
    Map<String, String> form =
        Map.of(
            "decision",
            "approve",
            "comment",
            "Fine.",
            "digest",
            digest.group(),
            "arm",
            "null-lora");
    assertThat(alert(carol.post("/account", path, form))).contains("Prove at Company sign-in");

    String anew = "/sign-in/provider/anew?" + TestApp.form(Map.of("next", path));
    URI asked = begin(carol, anew);
    assertThat(CompanyProvider.query(asked, "prompt")).isEqualTo("login");
    assertThat(CompanyProvider.query(asked, "max_age")).isEqualTo("0");
    long now = clock.instant().getEpochSecond();
    assertThat(back(carol, company.signInAnew(asked, "sub-carol", Map.of())).body())
        .contains("did not ask you anew");
    assertThat(back(carol, proved(carol, anew, "sub-carol", now - 300)).body())
        .contains("did not ask you anew");
    assertThat(back(carol, proved(carol, anew, "sub-other", now)).body())
        .contains("proved to be somebody else");
    assertThat(alert(carol.post("/account", path, form))).contains("Prove at Company sign-in");

    HttpResponse<String> proved = back(carol, proved(carol, anew, "sub-carol", now));
    assertThat(proved.body()).contains("content=\"0;url=" + path + "\"");
    assertThat(carol.get(path).body()).contains("<textarea", "You sign as <b>Carol Shaw</b>");
    assertThat(carol.post(path, path, form).statusCode()).isEqualTo(302);
    assertThat(carol.get(path).body()).contains("Carol Shaw").doesNotContain("unauthenticated");
    assertThat(carol.get("/account").body()).contains("acr 2, amr pwd otp");
    assertThat(proofs()).containsExactly("2/pwd otp");

    clock.pass(Duration.ofMinutes(6));
    assertThat(alert(carol.post("/account", path, form))).contains("Prove at Company sign-in");
  }

  private URI proved(Person person, String anew, String subject, long at) {
    return company.signInAnew(
        begin(person, anew),
        subject,
        Map.of("auth_time", at, "acr", "2", "amr", List.of("pwd", "otp")));
  }

  private List<String> proofs() {
    return app.database()
        .read(
            handle ->
                handle
                    .createQuery("select acr || '/' || amr from account_proof")
                    .mapTo(String.class)
                    .list());
  }

  @Test
  void aProofCountsForTheSessionThatAskedAndForNoOther() {
    Person here = new Person(app);
    enter(here, "sub-carol", CAROL);
    String anew = "/sign-in/provider/anew";
    URI sent = proved(here, anew, "sub-carol", clock.instant().getEpochSecond());
    enter(here, "sub-carol", CAROL); // signs in once more: another session in the same browser
    begin(here, anew);
    assertThat(back(here, sent).statusCode()).isEqualTo(403);
    assertThat(proofs()).isEmpty();
  }

  @Test
  void signingOutEndsTheSessionHereAndGoesOnToTheProviders() {
    Person carol = new Person(app);
    enter(carol, "sub-carol", CAROL);
    String session = carol.session();
    HttpResponse<String> answer = carol.post("/account", "/sign-out", Map.of());
    assertThat(app.accounts().sessions().of(session)).isEmpty();
    assertThat(answer.body()).contains("0;url=/sign-in/provider/end");
    URI there = location(carol.get("/sign-in/provider/end"));
    assertThat(there.toString()).startsWith(company.issuer() + "/endsession");
    assertThat(CompanyProvider.query(there, "client_id")).isEqualTo(CompanyProvider.CLIENT);
    assertThat(CompanyProvider.query(there, "post_logout_redirect_uri")).endsWith("/sign-in");
    Person ada = ada();
    assertThat(ada.post("/account", "/sign-out", Map.of()).statusCode()).isEqualTo(302);
  }

  @Test
  void withoutAnAdministratorOrAProviderNobodySignsInByOne(@TempDir Path empty) {
    try (TestApp fresh =
        TestApp.start(
            empty, TestApp.With.standard().provider(company.settings(Optional.empty(), false)))) {
      assertThat(new Person(fresh).get("/sign-in/provider").statusCode()).isEqualTo(409);
    }
    app.close();
    app = TestApp.start(data);
    Person carol = new Person(app);
    assertThat(carol.get("/sign-in").body()).doesNotContain("sign-in/provider");
    assertThat(carol.get("/sign-in/provider").statusCode()).isEqualTo(404);
    assertThat(carol.get("/sign-in/provider/callback").statusCode()).isEqualTo(404);
  }
}
