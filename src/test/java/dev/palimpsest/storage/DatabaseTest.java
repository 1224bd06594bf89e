package dev.palimpsest.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DatabaseTest {
  @TempDir Path folder;

  @Test
  void whatWasWrittenIsThereAfterReopening() {
    Path data = folder.resolve("new/data");
    try (Database database = Database.open(data)) {
      database.write(handle -> insertRaw(handle, "key-1"));
    }
    try (Database database = Database.open(data)) {
      assertThat(countRaw(database)).isEqualTo(1);
    }
  }

  @Test
  void onlyTheOwnerCanReadTheFiles() throws Exception {
    try (Database database = Database.open(folder.resolve("data"))) {
      Path data = database.dataDir().orElseThrow();
      assertThat(permissions(data)).isEqualTo("rwx------");
      assertThat(permissions(data.resolve("palimpsest.mv.db"))).isEqualTo("rw-------");
    }
  }

  @Test
  void aFileInPlaceOfTheFolderIsExplained() throws Exception {
    Path file = Files.writeString(folder.resolve("data"), "not a folder");
    assertThatThrownBy(() -> Database.open(file))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("cannot be used: there is a file of that name; choose another one.");
  }

  @Test
  void aDamagedFileIsExplained() throws Exception {
    Files.writeString(folder.resolve("palimpsest.mv.db"), "this is not a database ".repeat(1000));
    assertThatThrownBy(() -> Database.open(folder))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("cannot be opened");
  }

  @Test
  void aDatabaseThatIsMissingIsMissedUntilItIsToldToBeginAnew() throws Exception {
    Database.open(folder).close();
    Files.delete(folder.resolve("palimpsest.mv.db"));
    assertThatThrownBy(() -> Database.open(folder))
        .isInstanceOf(StorageException.class)
        .hasMessage(
            "%s/palimpsest.mv.db is missing, but this data folder had a database; put a backup of"
                + " it there, or, to begin anew without it, remove palimpsest.installed from %s.",
            folder.toRealPath(), folder.toRealPath());
    assertThat(folder.resolve("palimpsest.mv.db")).doesNotExist();
    Files.delete(folder.resolve("palimpsest.installed"));
    Database.open(folder).close();
  }

  @Test
  void anEmptyFileIsNoNewDatabase() throws Exception {
    Files.createFile(folder.resolve("palimpsest.mv.db"));
    assertThatThrownBy(() -> Database.open(folder))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("palimpsest.mv.db is empty, so the database in it is lost")
        .hasMessageContaining("remove palimpsest.mv.db from " + folder.toRealPath());
    assertThat(folder.resolve("palimpsest.mv.db")).isEmptyFile();
  }

  @Test
  void anEmptiedFileIsToldWithEverythingThatHasToGo() throws Exception {
    Database.open(folder).close();
    Files.write(folder.resolve("palimpsest.mv.db"), new byte[0]);
    assertThatThrownBy(() -> Database.open(folder))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("remove palimpsest.mv.db and palimpsest.installed from ");
    Files.delete(folder.resolve("palimpsest.mv.db"));
    Files.delete(folder.resolve("palimpsest.installed"));
    Database.open(folder).close();
  }

  /** H2 takes the last whole state that it finds, which may be the empty one at the beginning. */
  @ParameterizedTest
  @ValueSource(ints = {1, 100, 4096, 8192, 12_288, 20_000})
  void aFileThatWasCutIsNoNewDatabase(int length) throws Exception {
    try (Database database = Database.open(folder)) {
      database.write(handle -> insertRaw(handle, "key-1"));
    }
    Path file = folder.resolve("palimpsest.mv.db");
    byte[] whole = Files.readAllBytes(file);
    assertThat(whole).hasSizeGreaterThan(length);
    Files.write(file, Arrays.copyOf(whole, length));
    try (Database database = Database.open(folder)) {
      assertThat(countRaw(database)).as("what was cut off was free").isEqualTo(1);
    } catch (StorageException refused) {
      assertThat(refused.getMessage()).as("a sentence").endsWith(".");
    }
  }

  @Test
  void tablesOfANewerVersionAreLeftAlone() throws Exception {
    try (Database database = Database.open(folder)) {
      database.write(
          handle ->
              handle.execute(
                  "insert into \"flyway_schema_history\" (\"installed_rank\", \"version\","
                      + " \"description\", \"type\", \"script\", \"checksum\","
                      + " \"installed_by\", \"execution_time\", \"success\")"
                      + " values (1000, '999', 'later', 'SQL', 'V999__later.sql', 1, 'x', 1, true)"));
    }
    assertThatThrownBy(() -> Database.open(folder))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("written by a newer palimpsest (its tables are of version 999");
  }

  @Test
  void aTransactionThatFailsLeavesNothing() {
    try (Database database = Database.inMemory()) {
      Throwable failure =
          catchThrowable(
              () ->
                  database.write(
                      handle -> {
                        insertRaw(handle, "key-1");
                        throw new IllegalStateException("half way");
                      }));
      assertThat(failure).isInstanceOf(IllegalStateException.class);
      assertThat(countRaw(database)).isZero();
    }
  }

  @Test
  void aRefusedStatementRepeatsNoStoredValueAnywhereInItsTrace() {
    try (Database database = Database.inMemory()) {
      database.write(handle -> insertRaw(handle, "a-secret"));
      Throwable failure =
          catchThrowable(() -> database.write(handle -> insertRaw(handle, "a-secret")));
      StringWriter trace = new StringWriter();
      failure.printStackTrace(new PrintWriter(trace));
      assertThat(failure)
          .isInstanceOf(StorageException.class)
          .hasMessage(
              "The database refused a statement (SQL state 23505, code 23505); nothing of it was"
                  + " stored.");
      assertThat(trace.toString()).doesNotContain("a-secret");
    }
  }

  private static void insertRaw(Handle handle, String key) {
    handle.execute("insert into raw_result values (?, '{}', current_timestamp)", key);
  }

  private static int countRaw(Database database) {
    return database.read(
        handle -> handle.createQuery("select count(*) from raw_result").mapTo(Integer.class).one());
  }

  private static String permissions(Path path) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
