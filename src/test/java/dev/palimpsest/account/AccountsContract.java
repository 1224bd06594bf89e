package dev.palimpsest.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palimpsest.account.ApiToken.Scope;
import dev.palimpsest.storage.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** People, sessions, second factors and tokens, as every database has to keep them. */
abstract class AccountsContract {
  private static final String PASSWORD = "three plain words";

  private final Database database = fresh();
  private final TestClock clock = new TestClock(Instant.parse("2026-01-02T03:04:05Z"));
  private final Accounts accounts = Accounts.of(database, Path.of("nowhere"), clock);
  private final Users users = accounts.users();
  private User ada;

  /** Returns a database that nobody else uses, with nothing in it. */
  abstract Database fresh();

  @BeforeEach
  void addAda() {
    assertThat(users.isEmpty()).isTrue();
    ada =
        users.add(new NewUser(" Ada ", "Ada Byron \uD83D\uDE00", UserRole.ADMINISTRATOR), PASSWORD);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private User add(String name, UserRole role) {
    return users.add(new NewUser(name, "", role), PASSWORD);
  }

  @Test
  void somebodyComesBackAsAdded() {
    assertThat(ada)
        .isEqualTo(
            new User(
                ada.id(),
                "ada",
                "Ada Byron \uD83D\uDE00",
                UserRole.ADMINISTRATOR,
                false,
                false,
                Instant.parse("2026-01-02T03:04:05Z")));
    assertThat(users.named("ADA")).contains(ada);
    assertThat(users.named("ben")).isEmpty();
    assertThat(users.isEmpty()).isFalse();
    assertThatThrownBy(() -> add("ada", UserRole.VIEWER)).hasMessageContaining("already");
  }

  @Test
  void thereIsAlwaysAnAdministratorWhoCanSignIn() {
    assertThatThrownBy(() -> users.setRole(ada.id(), UserRole.APPROVER))
        .hasMessageContaining("There has to be an administrator");
    assertThatThrownBy(() -> users.disable(ada.id()))
        .hasMessageContaining("There has to be an administrator");
    users.add(new NewUser("invited", "", UserRole.ADMINISTRATOR));
    assertThatThrownBy(() -> users.disable(ada.id()))
        .hasMessageContaining("There has to be an administrator");
    User ben = add("ben", UserRole.ADMINISTRATOR);
    users.disable(ada.id());
    assertThatThrownBy(() -> users.disable(ben.id()))
        .hasMessageContaining("There has to be an administrator");
  }

  @Test
  void thePasswordIsKnownUntilItIsChanged() {
    assertThat(accounts.passwords().knows(Optional.of(ada), PASSWORD)).isTrue();
    assertThat(accounts.passwords().knows(Optional.of(ada), PASSWORD + "!")).isFalse();
    assertThat(accounts.passwords().knows(Optional.empty(), PASSWORD)).isFalse();
    String cookie = accounts.sessions().begin(ada, "10.0.0.1", "Firefox", false);
    accounts.passwords().set(ada, "four other plain words");
    assertThat(accounts.passwords().knows(Optional.of(ada), PASSWORD)).isFalse();
    assertThat(accounts.passwords().knows(Optional.of(ada), "four other plain words")).isTrue();
    assertThat(accounts.sessions().of(cookie)).isEmpty();
  }

  @Test
  void whoIsDisabledIsOutAtOnce() {
    User ben = add("ben", UserRole.AUDITOR);
    String cookie = accounts.sessions().begin(ben, "10.0.0.1", "Firefox", false);
    String token = accounts.tokens().add(ben, "pipeline", Set.of(Scope.READ), 1);
    users.disable(ben.id());
    User disabled = users.withId(ben.id()).orElseThrow();
    assertThat(disabled.disabled()).isTrue();
    assertThat(accounts.sessions().of(cookie)).isEmpty();
    assertThat(accounts.tokens().of(token)).isEmpty();
    assertThat(accounts.passwords().knows(Optional.of(disabled), PASSWORD)).isFalse();
    users.enable(ben.id());
    assertThat(accounts.passwords().knows(users.named("ben"), PASSWORD)).isTrue();
  }

  @Test
  void anInvitationSetsAPasswordOnceAndWithinThreeDays() {
    User ben = users.add(new NewUser("ben", "", UserRole.VIEWER));
    assertThat(ben.invited()).isTrue();
    String first = users.invite(ben);
    String secret = users.invite(ben);
    assertThat(users.invited(first)).isEmpty();
    assertThat(users.invited(secret)).contains(ben);
    accounts.passwords().set(ben, PASSWORD);
    assertThat(users.invited(secret)).isEmpty();
    String late = users.invite(ben);
    clock.pass(Duration.ofDays(4));
    assertThat(users.invited(late)).isEmpty();
  }

  @Test
  void aSessionEndsAfterHalfAnHourWithoutUse() {
    String cookie = accounts.sessions().begin(ada, "10.0.0.1", "Firefox", true);
    clock.pass(Duration.ofMinutes(29));
    Session session = accounts.sessions().of(cookie).orElseThrow();
    assertThat(session.userId()).isEqualTo(ada.id());
    assertThat(session.secondFactor()).isTrue();
    clock.pass(Duration.ofMinutes(29));
    assertThat(accounts.sessions().of(cookie)).isPresent();
    clock.pass(Duration.ofMinutes(31));
    assertThat(accounts.sessions().of(cookie)).isEmpty();
    assertThat(accounts.sessions().of(ada)).isEmpty();
  }

  @Test
  void aSessionEndsAfterTwelveHoursInAnyCase() {
    String cookie = accounts.sessions().begin(ada, "10.0.0.1", "Firefox", false);
    for (int i = 0; i < 36; i++) {
      assertThat(accounts.sessions().of(cookie)).isPresent();
      clock.pass(Duration.ofMinutes(20));
    }
    assertThat(accounts.sessions().of(cookie)).isEmpty();
  }

  @Test
  void sessionsAreListedAndEndedByTheirOwnerAlone() {
    User ben = add("ben", UserRole.VIEWER);
    String one = accounts.sessions().begin(ada, "10.0.0.1", "Firefox\u0007", false);
    String other = accounts.sessions().begin(ada, "10.0.0.2", "Chromium", false);
    Session listed = accounts.sessions().of(one).orElseThrow();
    assertThat(accounts.sessions().of(ada))
        .extracting(Session::browser)
        .containsExactlyInAnyOrder("Firefox\uFFFD", "Chromium");
    accounts.sessions().end(ben, listed.id());
    assertThat(accounts.sessions().of(one)).isPresent();
    accounts.sessions().endOthers(ada, listed.id());
    assertThat(accounts.sessions().of(one)).isPresent();
    assertThat(accounts.sessions().of(other)).isEmpty();
    accounts.sessions().end(ada, listed.id());
    assertThat(accounts.sessions().of(one)).isEmpty();
  }

  @Test
  void whoSignedInProvedItForFiveMinutes() {
    String cookie = accounts.sessions().begin(ada, "10.0.0.1", "Firefox", false);
    clock.pass(Duration.ofMinutes(4));
    assertThat(accounts.sessions().of(cookie).orElseThrow().isConfirmed(clock.instant())).isTrue();
    clock.pass(Duration.ofMinutes(2));
    assertThat(accounts.sessions().of(cookie).orElseThrow().isConfirmed(clock.instant())).isFalse();
  }

  @Test
  void noSecretIsKeptThatWasHandedOut() {
    String cookie = accounts.sessions().begin(ada, "10.0.0.1", "Firefox", false);
    String token = accounts.tokens().add(ada, "pipeline", Set.of(Scope.READ), 1);
    String invitation = users.invite(ada);
    for (String table :
        List.of("account_session", "account_token", "account_invitation", "account_user")) {
      String rows =
          database
              .<Object, RuntimeException>read(
                  handle -> handle.createQuery("select * from " + table).mapToMap().list())
              .toString();
      assertThat(rows).doesNotContain(cookie, token, invitation, PASSWORD);
    }
  }

  @Test
  void anAuthenticatorIsSetUpByItsFirstCode() {
    String secret = accounts.factors().begin(ada);
    assertThat(accounts.factors().begin(ada)).isEqualTo(secret);
    assertThat(accounts.factors().isSetUp(ada)).isFalse();
    assertThatThrownBy(() -> accounts.factors().confirm(ada, "000 00"))
        .hasMessageContaining("not the code of now");
    List<String> recovery = accounts.factors().confirm(ada, code(secret));
    assertThat(accounts.factors().isSetUp(ada)).isTrue();
    assertThat(recovery).hasSize(10).doesNotHaveDuplicates();
    assertThat(recovery.get(0)).matches("([a-z2-9]{4}-){3}[a-z2-9]{4}");
  }

  @Test
  void everyCodeCountsOnce() {
    String secret = accounts.factors().begin(ada);
    List<String> recovery = accounts.factors().confirm(ada, code(secret));
    assertThat(accounts.factors().accepts(ada, code(secret))).isFalse();
    clock.pass(Duration.ofSeconds(30));
    String next = code(secret);
    assertThat(accounts.factors().accepts(ada, next.substring(0, 3) + " " + next.substring(3)))
        .isTrue();
    assertThat(accounts.factors().accepts(ada, next)).isFalse();
    String kept = recovery.get(3).toUpperCase(Locale.ROOT);
    assertThat(accounts.factors().accepts(ada, kept)).isTrue();
    assertThat(accounts.factors().accepts(ada, kept)).isFalse();
    assertThat(accounts.factors().recoveryCodesLeft(ada)).isEqualTo(9);
    accounts.factors().remove(ada);
    assertThat(accounts.factors().accepts(ada, recovery.get(4))).isFalse();
  }

  private String code(String secret) {
    return Totp.code(Totp.bytes(secret), clock.instant().getEpochSecond() / 30, 6);
  }

  @Test
  void signingInTakesTheCodeOnceThereIsAnAuthenticator() {
    assertThat(accounts.signIn().take(attempt(PASSWORD, "")).secondFactor()).isFalse();
    String secret = accounts.factors().begin(ada);
    accounts.factors().confirm(ada, code(secret));
    clock.pass(Duration.ofMinutes(1));
    assertThatThrownBy(() -> accounts.signIn().take(attempt(PASSWORD, "")))
        .hasMessageContaining("is not right");
    assertThat(accounts.signIn().take(attempt(PASSWORD, code(secret))).secondFactor()).isTrue();
  }

  @Test
  void aWrongNameAndAWrongPasswordHaveOneAnswerAndManyHaveToWait() {
    SignIn.Attempt nobody = new SignIn.Attempt("nobody", PASSWORD, "", "10.0.0.9");
    String wrong = answer(attempt("a wrong password", ""));
    assertThat(answer(nobody)).isEqualTo(wrong);
    for (int i = 0; i < 4; i++) {
      assertThat(answer(attempt("a wrong password", ""))).isEqualTo(wrong);
    }
    assertThat(answer(attempt(PASSWORD, ""))).contains("wait 2 seconds");
    clock.pass(Duration.ofSeconds(2));
    assertThat(accounts.signIn().take(attempt(PASSWORD, "")).user()).isEqualTo(ada);
  }

  private static SignIn.Attempt attempt(String password, String code) {
    return new SignIn.Attempt("Ada", password, code, "10.0.0.1");
  }

  private String answer(SignIn.Attempt attempt) {
    try {
      accounts.signIn().take(attempt);
      return "taken";
    } catch (AccountException refused) {
      return refused.getMessage();
    }
  }

  @Test
  void aTokenLastsItsDaysAndIsEndedByItsOwnerAlone() {
    User ben = add("ben", UserRole.VIEWER);
    String secret = accounts.tokens().add(ada, " pipeline ", EnumSet.of(Scope.READ, Scope.RUN), 2);
    assertThat(secret).startsWith("palimpsest_");
    ApiToken token = accounts.tokens().of(secret).orElseThrow();
    assertThat(token.title()).isEqualTo("pipeline");
    assertThat(token.scopes()).containsExactlyInAnyOrder(Scope.READ, Scope.RUN);
    assertThat(accounts.tokens().of(ada).get(0).usedAt()).contains(clock.instant());
    accounts.tokens().end(ben, token.id());
    assertThat(accounts.tokens().of(secret)).isPresent();
    clock.pass(Duration.ofDays(2));
    assertThat(accounts.tokens().of(secret)).isEmpty();
    accounts.tokens().end(ada, token.id());
    assertThat(accounts.tokens().of(ada)).isEmpty();
  }

  @Test
  void aTokenNeedsATitleAScopeAndAnEnd() {
    assertThatThrownBy(() -> accounts.tokens().add(ada, " ", Set.of(Scope.READ), 1))
        .hasMessageContaining("needs a title");
    assertThatThrownBy(() -> accounts.tokens().add(ada, "x", Set.of(), 1))
        .hasMessageContaining("something that it may do");
    assertThatThrownBy(() -> accounts.tokens().add(ada, "x", Set.of(Scope.READ), 367))
        .hasMessageContaining("1 to 366 days");
  }
}
