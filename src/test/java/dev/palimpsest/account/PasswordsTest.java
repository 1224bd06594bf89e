package dev.palimpsest.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PasswordsTest {
  private static final String GOOD = "three plain words";

  private final Passwords passwords = new Passwords();

  /** The vector of the reference implementation, phc-winner-argon2's test.c. */
  @Test
  void aHashOfTheReferenceImplementationIsKnown() {
    Optional<String> hash =
        Optional.of(
            "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ"
                + "$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc");
    assertThat(passwords.matches("password", hash)).isTrue();
    assertThat(passwords.matches("passwore", hash)).isFalse();
    assertThat(Passwords.isOutdated(hash.get())).isTrue();
  }

  @Test
  void aPasswordIsHashedByArgon2idWithASaltOfItsOwn() {
    String hash = passwords.hash(GOOD);
    assertThat(hash)
        .startsWith("$argon2id$v=19$m=19456,t=2,p=1$")
        .isNotEqualTo(passwords.hash(GOOD));
    assertThat(passwords.matches(GOOD, Optional.of(hash))).isTrue();
    assertThat(passwords.matches(GOOD + " ", Optional.of(hash))).isFalse();
    assertThat(Passwords.isOutdated(hash)).isFalse();
  }

  @Test
  void nobodyHasAPassword() {
    assertThat(passwords.matches(GOOD, Optional.empty())).isFalse();
    assertThat(passwords.matches("", Optional.empty())).isFalse();
  }

  @Test
  void aLetterIsTheSameHoweverAKeyboardSendsIt() {
    String hash = passwords.hash("caf\u00e9 und Kuchen um vier");
    assertThat(passwords.matches("cafe\u0301 und Kuchen um vier", Optional.of(hash))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "fourteen chars, has 14",
    "'', has 0",
    "aaaaaaaaaaaaaaaaaaaa, little more than",
    "ada@example.org1, little more than",
  })
  void aWeakPasswordIsRefusedWithAReason(String password, String reason) {
    assertThatThrownBy(() -> Passwords.require(password, "ada@example.org"))
        .isInstanceOf(AccountException.class)
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {GOOD, "123456789012345", "\uD83D\uDE00 ein Gesicht und mehr"})
  void anyCharactersWillDo(String password) {
    assertThatCode(() -> Passwords.require(password, "ada")).doesNotThrowAnyException();
    assertThatThrownBy(() -> Passwords.require(password.repeat(20), "ada"))
        .hasMessageContaining("at most 256");
  }
}
