package dev.palimpsest.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.Json;
import dev.palimpsest.account.ApiToken.Scope;
import dev.palimpsest.ledger.Ledger;
import dev.palimpsest.ledger.LedgerEntry;
import dev.palimpsest.ledger.LedgerRow;
import dev.palimpsest.storage.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people and administrators do stands in the ledger, with who did it. */
abstract class PeopleLedgerContract {
  private static final String PASSWORD = "three plain words";
  private static final String ISSUER = "https://id.example.org";

  @TempDir private Path data;
  private final Database database = fresh();
  private final Ledger ledger = new Ledger(database);
  private final TestClock clock = new TestClock(Instant.parse("2026-01-02T03:04:05Z"));

  /** Returns a database that nobody else uses, with nothing in it. */
  abstract Database fresh();

  @AfterEach
  void close() {
    database.close();
  }

  private Accounts accounts() {
    return Accounts.of(database, data, clock);
  }

  private List<JsonNode> rows() {
    List<JsonNode> rows = new ArrayList<>();
    ledger.forEach(1, row -> rows.add(body(row)));
    return rows;
  }

  private static JsonNode body(LedgerRow row) {
    try {
      return Json.mapper().readTree(row.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns each row as who, how, what, of whom, and the details that are no names. */
  private List<String> said() {
    return rows().stream()
        .map(
            row ->
                row.path("actor").asText()
                    + "/"
                    + row.path("via").asText()
                    + " "
                    + row.path("action").asText()
                    + " "
                    + row.at("/details/name").asText()
                    + row.at("/details/user").asText()
                    + row.path("details").properties().stream()
                        .filter(
                            one -> !List.of("name", "user", "printedName").contains(one.getKey()))
                        .map(one -> " " + one.getKey() + "=" + one.getValue().asText())
                        .collect(Collectors.joining()))
        .toList();
  }

  @Test
  void theFirstAdministratorAndWhatAdministratorsDo() {
    Accounts accounts = accounts();
    String token = accounts.setUp().offer().orElseThrow();
    User ada =
        accounts.setUp().finish(token, new NewUser("ada", "Ada", UserRole.ADMINISTRATOR), PASSWORD);
    Accounts byAda = accounts.by(LedgerEntry.Actor.signedIn("Ada"));
    User ben = byAda.users().add(new NewUser("ben", "Ben", UserRole.VIEWER));
    byAda.users().invite(ben);
    accounts.by(LedgerEntry.Actor.invited("Ben")).passwords().set(ben, PASSWORD);
    byAda.users().setRole(ben.id(), UserRole.APPROVER);
    byAda.users().setRole(ben.id(), UserRole.APPROVER);
    byAda.tokens().add(ben, "pipeline", EnumSet.of(Scope.READ), 1);
    byAda.users().disable(ben.id());
    byAda.users().disable(ben.id());
    accounts.by(LedgerEntry.Actor.program("Ada")).users().enable(ben.id());
    accounts.users().enable(ben.id());
    accounts.passwords().set(ben, "four other plain words");
    assertThatThrownBy(() -> byAda.users().disable(ada.id())).isInstanceOf(AccountException.class);

    assertThat(said())
        .containsExactly(
            "Ada/set-up token user.added ada first=administrator role=ADMINISTRATOR",
            "Ada/session user.added ben role=VIEWER",
            "Ada/session user.invited ben",
            "Ben/invitation user.password-set ben",
            "Ada/session user.role-changed ben before=VIEWER role=APPROVER",
            "Ada/session token.made ben expires=2026-01-03T03:04:05Z scopes=read title=pipeline",
            "Ada/session user.disabled ben tokensEnded=1",
            "Ada/token user.enabled ben",
            "/local user.password-reset ben");
    assertThat(rows().get(1).at("/object/type").asText()).isEqualTo("user");
    assertThat(rows().get(1).at("/object/id").asText()).isEqualTo(ben.id());
    assertThat(ledger.fault()).isEmpty();
  }

  @Test
  void whatPeopleDoOfTheirOwnAndNoSecretOfIt() {
    Accounts accounts = accounts();
    User ada = accounts.users().add(new NewUser("ada", "Ada", UserRole.ADMINISTRATOR), PASSWORD);
    Accounts own = accounts.by(LedgerEntry.Actor.signedIn("Ada"));
    String factor = own.factors().begin(ada);
    long step = clock.instant().getEpochSecond() / 30;
    List<String> recovery = own.factors().confirm(ada, Totp.code(Totp.bytes(factor), step, 6));
    String secret = own.tokens().add(ada, "pipeline", EnumSet.of(Scope.READ, Scope.RUN), 2);
    own.tokens().end(ada, own.tokens().of(ada).get(0).id());
    own.tokens().end(ada, "no such token");
    String key = own.keys().open(ada, PASSWORD).id();
    String changed = "four other plain words";
    own.passwords().change(ada, PASSWORD, changed);
    accounts.passwords().set(ada, PASSWORD);
    own.factors().remove(ada);
    own.factors().remove(ada);

    assertThat(said().stream().map(line -> line.replaceAll(" public=(?s:.*)", "")))
        .containsExactly(
            "/local user.added ada first=administrator role=ADMINISTRATOR",
            "Ada/session user.authenticator-set-up ada",
            "Ada/session token.made ada expires=2026-01-04T03:04:05Z scopes=read run title=pipeline",
            "Ada/session token.ended ada",
            "Ada/session user.key-made ada key=" + key,
            "Ada/session user.password-changed ada",
            "/local user.password-reset ada keyEnded=" + key,
            "Ada/session user.authenticator-removed ada");
    assertThat(rows().toString())
        .doesNotContain(factor, secret, PASSWORD, changed)
        .doesNotContain(recovery);
    assertThat(ledger.fault()).isEmpty();
  }

  @Test
  void aSignInByAProviderWhereItIsNewOrChangesARole() {
    Accounts accounts = accounts();
    accounts.users().add(new NewUser("ada", "Ada", UserRole.ADMINISTRATOR), PASSWORD);
    ProviderPerson carol = new ProviderPerson(ISSUER, "sub-1", "carol", "Carol", "");
    User user = accounts.identities().arrive(carol, Optional.empty(), false);
    accounts.identities().arrive(carol, Optional.empty(), false);
    accounts.identities().arrive(carol, Optional.of(UserRole.AUDITOR), false);
    accounts.identities().arrive(carol, Optional.of(UserRole.AUDITOR), false);
    Accounts byAda = accounts.by(LedgerEntry.Actor.signedIn("Ada"));
    byAda.identities().link(user, ISSUER, "sub-2");
    byAda.identities().unlink(user);

    String name = user.name();
    assertThat(said().subList(1, said().size()))
        .containsExactly(
            "Carol/provider user.added " + name + " role=VIEWER",
            "Carol/provider user.linked " + name + " issuer=" + ISSUER + " subject=sub-1",
            "Carol/provider user.role-changed " + name + " before=VIEWER role=AUDITOR",
            "Ada/session user.linked " + name + " issuer=" + ISSUER + " subject=sub-2",
            "Ada/session user.unlinked " + name);
  }
}
