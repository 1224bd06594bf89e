package dev.palimpsest.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palimpsest.storage.Database;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SetUpTest {
  private static final NewUser ADA = new NewUser("ada", "Ada Byron", UserRole.VIEWER);
  private static final String PASSWORD = "three plain words";

  @TempDir private Path data;
  private final Database database = Database.inMemory();
  private final TestClock clock = new TestClock(Instant.now());
  private Accounts accounts;

  @BeforeEach
  void open() {
    accounts = Accounts.of(database, data, clock);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private Path file() {
    return data.resolve("set-up-token");
  }

  @Test
  void theTokenLiesInAFileThatItsOwnerAloneMayReadAndStaysOverARestart() throws Exception {
    String token = accounts.setUp().offer().orElseThrow();
    assertThat(Files.readString(file())).isEqualTo(token + "\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
    assertThat(token).hasSize(43);
    assertThat(Accounts.of(database, data, clock).setUp().offer()).contains(token);
  }

  @Test
  void whoeverHasItMakesTheFirstAdministratorAndNobodyASecond() {
    String token = accounts.setUp().offer().orElseThrow();
    User made = accounts.setUp().finish(token, ADA, PASSWORD);
    assertThat(made.role()).isEqualTo(UserRole.ADMINISTRATOR);
    assertThat(file()).doesNotExist();
    assertThat(accounts.setUp().offer()).isEmpty();
    assertThatThrownBy(() -> accounts.setUp().finish(token, ADA, PASSWORD))
        .hasMessageContaining("The set-up is over");
  }

  @Test
  void anotherTokenOrAWeakPasswordMakesNobody() {
    String token = accounts.setUp().offer().orElseThrow();
    assertThatThrownBy(() -> accounts.setUp().finish("A".repeat(43), ADA, PASSWORD))
        .isInstanceOf(AccountException.class)
        .hasMessageContaining("set-up-token");
    assertThatThrownBy(() -> accounts.setUp().finish(token, ADA, "short"))
        .hasMessageContaining("at least 15");
    assertThat(accounts.users().isEmpty()).isTrue();
    assertThat(accounts.setUp().offer()).contains(token);
  }

  @Test
  void itLastsADay() {
    String token = accounts.setUp().offer().orElseThrow();
    clock.pass(Duration.ofHours(25));
    assertThatThrownBy(() -> accounts.setUp().finish(token, ADA, PASSWORD))
        .hasMessageContaining("lasts a day");
    assertThat(accounts.setUp().offer().orElseThrow()).isNotEqualTo(token);
  }
}
