package dev.palimpsest.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DatabaseServerTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://db:5432/palimpsest?password=secret",
        "jdbc:postgresql://db/palimpsest?ssl=true&USER=me",
        "jdbc:postgresql://me:secret@db/palimpsest"
      })
  void aPasswordOrUserInTheAddressIsRefusedAndNotRepeated(String url) {
    assertThatThrownBy(() -> new DatabaseServer(url, "", ""))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("set PALIMPSEST_DATABASE_USER and PALIMPSEST_DATABASE_PASSWORD")
        .hasMessageNotContaining("secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"postgres://db/palimpsest", "jdbc:mysql://db/palimpsest", "", "db"})
  void whatIsNoPostgresqlAddressIsRefused(String url) {
    assertThatThrownBy(() -> new DatabaseServer(url, "", ""))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("jdbc:postgresql://HOST:PORT/NAME");
  }

  @Test
  void itIsPrintedWithoutItsPasswordAndOptions() {
    DatabaseServer server =
        new DatabaseServer("jdbc:postgresql://db:5432/palimpsest?sslmode=require", "me", "secret");
    assertThat(server).hasToString("jdbc:postgresql://db:5432/palimpsest");
  }
}
