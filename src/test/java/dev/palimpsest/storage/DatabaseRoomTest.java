package dev.palimpsest.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file's room comes back when the database is closed, and a kill meanwhile loses nothing. */
final class DatabaseRoomTest {
  private static final int COMMITS = 60;
  private static final int ROWS_A_COMMIT = 20;
  private static final int KEPT = 5;

  /**
   * Bytes of the texts that are kept, which no compression makes smaller than their three fourths.
   */
  private static final long CONTENT = KEPT * ROWS_A_COMMIT * 2000L;

  private static final long MOST = 1L << 30;

  @TempDir Path folder;

  @Test
  void aClosedDatabaseTakesLittleMoreThanItsContent() throws Exception {
    try (Database database = open(folder, MOST)) {
      fill(database);
      empty(database, KEPT);
      assertThat(Files.size(file())).isGreaterThan(4 * CONTENT);
    }
    assertThat(Files.size(file())).isLessThan(2 * CONTENT);
    assertRowsAreThere(KEPT);
  }

  @Test
  void aDatabaseWithMoreContentThanMayBeCopiedKeepsItsFile() throws Exception {
    Object before;
    try (Database database = open(folder, CONTENT / 4)) {
      fill(database);
      empty(database, COMMITS / 3);
      before = key(file());
    }
    assertThat(key(file())).isEqualTo(before);
    assertRowsAreThere(COMMITS / 3);
  }

  @Test
  void aFileWithNextToNothingInItIsCopiedHoweverMuchThatIs() throws Exception {
    try (Database database = open(folder, 0)) {
      fill(database);
      empty(database, 1);
    }
    assertThat(Files.size(file())).isLessThan(CONTENT);
    assertRowsAreThere(1);
  }

  @Test
  void aCopyIsAsClosedToOthersAsItsFileWasOnceTheDatabaseIsOpenedAgain() throws Exception {
    try (Database database = open(folder, MOST)) {
      fill(database);
      empty(database, KEPT);
    }
    open(folder, MOST).close();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
  }

  @Test
  void whatAKilledCopyLeftGoesWhenTheDatabaseIsOpened() throws Exception {
    open(folder, MOST).close();
    Path left = Files.writeString(folder.resolve("palimpsest.mv.db.tempFile"), "half a copy");
    open(folder, MOST).close();
    assertThat(left).doesNotExist();
  }

  private static Object key(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }

  private static Database open(Path folder, long mostCopied) {
    return Database.open(folder, (url, file) -> new FileRoom(url, file, 0, mostCopied));
  }

  @Test
  void aKillWhileRoomIsGivenBackLosesNothing() throws Exception {
    Process process = start();
    var lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    assertThat(lines.readLine()).isEqualTo("closing");
    Path copy = folder.resolve("palimpsest.mv.db.tempFile");
    boolean ended = false;
    while (!ended && !Files.exists(copy)) {
      ended = process.waitFor(1, TimeUnit.MILLISECONDS);
    }
    process.destroyForcibly().waitFor();
    assertRowsAreThere(KEPT);
  }

  private Path file() {
    return folder.resolve("palimpsest.mv.db");
  }

  private void assertRowsAreThere(int commits) {
    try (Database database = Database.open(folder)) {
      assertThat(
              database.<Integer, RuntimeException>read(
                  handle ->
                      handle
                          .createQuery("select count(*) from text_body")
                          .mapTo(Integer.class)
                          .one()))
          .isEqualTo(commits * ROWS_A_COMMIT);
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

  private static void empty(Database database, int kept) {
    database.write(
        handle ->
            handle.execute(
                "delete from text_body where substring(text_key, 20) >= ?",
                "%04d".formatted(kept)));
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
      try (Database database = open(Path.of(args[0]), MOST)) {
        fill(database);
        empty(database, KEPT);
        System.out.println("closing");
      }
    }
  }
}
