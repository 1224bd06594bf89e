package dev.palimpsest.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What is closed opens by the password that closed it, in its own place, and by nothing else. */
final class KeyLockTest {
  private static final String PASSWORD = "three plain words";

  /**
   * Made with Python's cryptography 48.0.0: AESGCM under Argon2id(salt=bytes(range(16)), length=32,
   * iterations=2, lanes=1, memory_cost=19456).derive(password), the nonce bytes(range(12)).
   */
  private static final String GOLDEN =
      "argon2id-19456-2-1/aes-256-gcm$AAECAwQFBgcICQoLDA0ODw$AAECAwQFBgcICQoL"
          + "$v5WVFC2+71Z6cdGRmMxcpV6Vl3T/ocA8";

  private final KeyLock lock = new KeyLock(new Passwords());

  private String opened(String closed, String password, String place) {
    return lock.open(closed, password, place)
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
        .orElse("stays closed");
  }

  @Test
  void whatAnotherProgramClosedOpens() {
    assertThat(opened(GOLDEN, PASSWORD, "place \u00fc")).isEqualTo("a secret");
  }

  @Test
  void anotherPasswordAnotherPlaceOrAChangeKeepsItClosed() {
    String closed = lock.close("secret".getBytes(StandardCharsets.UTF_8), PASSWORD, "place");
    assertThat(opened(closed, PASSWORD, "place")).isEqualTo("secret");
    assertThat(opened(closed, PASSWORD + " ", "place")).isEqualTo("stays closed");
    assertThat(opened(closed, PASSWORD, "another place")).isEqualTo("stays closed");
    char last = closed.charAt(closed.length() - 1);
    String changed = closed.substring(0, closed.length() - 1) + (last == 'A' ? 'Q' : 'A');
    for (String one : new String[] {changed, closed.replace("gcm$", "gcm2$"), "", "a$b$c$d"}) {
      assertThat(opened(one, PASSWORD, "place")).as(one).isEqualTo("stays closed");
    }
  }

  @Test
  void theSameIsClosedOtherwiseEachTime() {
    byte[] secret = "secret".getBytes(StandardCharsets.UTF_8);
    assertThat(lock.close(secret, PASSWORD, "p")).isNotEqualTo(lock.close(secret, PASSWORD, "p"));
  }
}
