package dev.palimpsest.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
