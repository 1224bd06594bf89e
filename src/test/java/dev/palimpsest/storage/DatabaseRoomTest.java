package dev.palimpsest.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file's room comes back when the database is closed, and a kill meanwhile loses nothing. */
final class DatabaseRoomTest {
  private static final int COMMITS = 60;
  private static final int ROWS_A_COMMIT = 20;
  private static final int KEPT = 5;

  @TempDir Path folder;

  @Test
  void aClosedDatabaseTakesLittleMoreThanItsContent() throws Exception {
    long open;
    try (Database database = Database.open(folder)) {
      fill(database);
      empty(database);
      open = Files.size(file());
    }
    assertThat(Files.size(file())).isLessThan(open / 3);
    assertRowsAreThere();
  }

  @Test
  void aKillWhileRoomIsGivenBackLosesNothing() throws Exception {
    Process process = start();
    var lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    assertThat(lines.readLine()).isEqualTo("closing");
    long before = Files.size(file());
    while (process.isAlive() && Files.size(file()) == before) {
      Thread.onSpinWait();
    }
    process.destroyForcibly().waitFor();
    assertRowsAreThere();
  }

  private Path file() {
    return folder.resolve("palimpsest.mv.db");
  }

  private void assertRowsAreThere() {
    try (Database database = Database.open(folder)) {
      assertThat(
              database.<Integer, RuntimeException>read(
                  handle ->
                      handle
                          .createQuery("select count(*) from text_body")
                          .mapTo(Integer.class)
                          .one()))
          .isEqualTo(KEPT * ROWS_A_COMMIT);
    }
  }

  private static void fill(Database database) {
    Random random = new Random(1);
    for (int i = 0; i < COMMITS; i++) {
      int commit = i;
      database.write(
          handle -> {
            for (int row = 0; row < ROWS_A_COMMIT; row++) {
              byte[] body = new byte[1500];
              random.nextBytes(body);
              handle.execute(
                  "insert into text_body (text_key, body) values (?, ?)",
                  "%08x of commit %04d".formatted(random.nextInt(), commit),
                  Base64.getEncoder().encodeToString(body));
            }
          });
    }
  }

  private static void empty(Database database) {
    database.write(
        handle ->
            handle.execute(
                "delete from text_body where substring(text_key, 20) >= ?",
                "%04d".formatted(KEPT)));
  }

  private Process start() throws Exception {
    return new ProcessBuilder(
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Filler.class.getName(),
                folder.toString()))
        .start();
  }

  /** Fills the database of a folder, empties most of it and closes it. */
  static final class Filler {
    private Filler() {}

    public static void main(String[] args) {
      try (Database database = Database.open(Path.of(args[0]))) {
        fill(database);
        empty(database);
        System.out.println("closing");
      }
    }
  }
}
