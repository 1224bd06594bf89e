package dev.palimpsest.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palimpsest.ledger.Ledger;
import dev.palimpsest.storage.Database;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The keys of people, as every database has to keep them. */
abstract class PersonalKeysContract {
  private static final String PASSWORD = "three plain words";
  private static final String OTHER = "four other plain words";
  private static final byte[] TEXT = "a statement".getBytes(StandardCharsets.UTF_8);

  private final Database database = fresh();
  private final TestClock clock = new TestClock(Instant.parse("2026-01-02T03:04:05Z"));
  private final Accounts accounts = Accounts.of(database, Path.of("nowhere"), clock);
  private final PersonalKeys keys = accounts.keys();
  private final User ada =
      accounts.users().add(new NewUser("ada", "Ada Zo\u00eb", UserRole.ADMINISTRATOR), PASSWORD);
  private final User ben =
      accounts.users().add(new NewUser("ben", "", UserRole.APPROVER), PASSWORD);

  /** Returns a database that nobody else uses, with nothing in it. */
  abstract Database fresh();

  @AfterEach
  void close() {
    database.close();
  }

  private static boolean signed(PersonalKeys.Opened by, PersonalKey key) throws Exception {
    Signature check = Signature.getInstance("Ed25519");
    check.initVerify(key.key());
    check.update(TEXT);
    return check.verify(by.sign(TEXT));
  }

  private String sealed(String keyId) {
    return database.read(
        handle ->
            handle
                .createQuery("select sealed from account_key where id = :id")
                .bind("id", keyId)
                .mapTo(String.class)
                .one());
  }

  @Test
  void aKeyIsMadeOnceAndEachOpeningSignsWithIt() throws Exception {
    assertThat(keys.current(ada)).isEmpty();
    PersonalKeys.Opened first = keys.open(ada, PASSWORD);
    PersonalKeys.Opened again = keys.open(ada, PASSWORD);
    PersonalKey key = keys.current(ada).orElseThrow();
    assertThat(keys.list()).containsExactly(key);
    assertThat(first.id()).isEqualTo(again.id()).isEqualTo(key.id()).matches("[0-9a-f]{64}");
    assertThat(key.name()).isEqualTo("Ada Zo\u00eb");
    assertThat(key.made()).isEqualTo(clock.instant());
    assertThat(signed(first, key)).isTrue();
    assertThat(signed(again, key)).isTrue();
    assertThat(signed(keys.open(ben, PASSWORD), key)).isFalse();
    assertThat(key.pem())
        .startsWith(
            "person Ada Zo\u00eb\nuser " + ada.id() + "\nmade 2026-01-02T03:04:05Z\n-----BEGIN");
  }

  @Test
  void thePrivateHalfStaysClosedToAnotherPassword() {
    PersonalKeys.Opened key = keys.open(ada, PASSWORD);
    KeyLock lock = new KeyLock(new Passwords());
    String place = "palimpsest-key/1\n" + ada.id() + "\n" + key.id();
    assertThat(lock.open(sealed(key.id()), PASSWORD, place)).isPresent();
    assertThat(lock.open(sealed(key.id()), OTHER, place)).isEmpty();
    assertThat(lock.open(sealed(key.id()), PASSWORD, place.replace(ada.id(), ben.id()))).isEmpty();
    assertThatThrownBy(() -> keys.open(ada, OTHER))
        .isInstanceOf(AccountException.class)
        .hasMessageContaining("does not open with your password");
  }

  @Test
  void whoGivesAWrongPasswordGetsNoKeyMade() {
    assertThatThrownBy(() -> keys.open(ada, OTHER)).hasMessageContaining("not your password");
    assertThat(keys.list()).isEmpty();
  }

  @Test
  void aChangedPasswordOpensTheSameKeyAndTheOldOneDoesNot() throws Exception {
    PersonalKeys.Opened before = keys.open(ada, PASSWORD);
    accounts.passwords().change(ada, PASSWORD, OTHER);
    assertThat(keys.open(ada, OTHER).id()).isEqualTo(before.id());
    assertThat(signed(keys.open(ada, OTHER), keys.current(ada).orElseThrow())).isTrue();
    assertThatThrownBy(() -> keys.open(ada, PASSWORD)).hasMessageContaining("does not open");
  }

  @Test
  void aPasswordIsNotChangedWithoutTheOldOne() {
    keys.open(ada, PASSWORD);
    assertThatThrownBy(() -> accounts.passwords().change(ada, OTHER, "another one of mine"))
        .hasMessageContaining("not your password");
    assertThat(accounts.passwords().knows(accounts.users().named("ada"), PASSWORD)).isTrue();
  }

  @Test
  void aResetPasswordEndsTheKeyWhosePublicHalfStays() throws Exception {
    PersonalKeys.Opened old = keys.open(ada, PASSWORD);
    accounts.passwords().set(ada, OTHER);
    assertThat(keys.current(ada)).isEmpty();
    assertThat(sealed(old.id())).isEmpty();
    PersonalKeys.Opened made = keys.open(ada, OTHER);
    assertThat(made.id()).isNotEqualTo(old.id());
    assertThat(keys.list()).extracting(PersonalKey::id).contains(old.id(), made.id());
    assertThat(keys.list())
        .filteredOn(one -> one.id().equals(old.id()))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.current()).isFalse();
              assertThat(signed(old, one)).isTrue();
            });
  }

  @Test
  void whoReplacesAPasswordInTheDatabaseOpensNoKey() {
    String key = keys.open(ada, PASSWORD).id();
    keys.open(ben, PASSWORD);
    accounts.passwords().change(ben, PASSWORD, OTHER);
    database.write(
        handle ->
            handle.execute(
                "update account_user set password_hash ="
                    + " (select password_hash from account_user where id = ?) where id = ?",
                ben.id(),
                ada.id()));
    assertThat(accounts.passwords().knows(accounts.users().named("ada"), OTHER)).isTrue();
    assertThatThrownBy(() -> keys.open(ada, OTHER)).hasMessageContaining("was replaced without it");
    assertThat(keys.current(ada)).map(PersonalKey::id).contains(key);
  }

  @Test
  void aRowInAnothersPlaceOpensNothing() {
    String adas = keys.open(ada, PASSWORD).id();
    String bens = sealed(keys.open(ben, PASSWORD).id());
    database.write(
        handle -> handle.execute("update account_key set sealed = ? where id = ?", bens, adas));
    assertThatThrownBy(() -> keys.open(ada, PASSWORD)).hasMessageContaining("does not open");
  }

  @Test
  void manyFirstDecisionsAtOnceMakeOneKey() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<String> ids = new ArrayList<>();
    try {
      Callable<String> opening = () -> keys.open(ada, PASSWORD).id();
      for (Future<String> one : threads.invokeAll(Collections.nCopies(4, opening))) {
        ids.add(one.get());
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(ids.stream().distinct()).hasSize(1);
    assertThat(keys.list()).hasSize(1);
    List<String> rows = new ArrayList<>();
    new Ledger(database).forEach(1, row -> rows.add(row.body()));
    assertThat(rows).filteredOn(row -> row.contains("\"user.key-made\"")).hasSize(1);
    assertThat(new Ledger(database).fault()).isEmpty();
  }
}
