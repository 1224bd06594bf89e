package dev.palimpsest.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DatabasePostgresIT {
  /** What is text for PostgreSQL is called character varying by H2, as both have no limit. */
  private static final String COLUMNS =
      """
      select lower(table_name) || '.' || lower(column_name) || ' ' || lower(is_nullable) || ' '
        || case when data_type = 'text' then 'character varying' else lower(data_type) end
      from information_schema.columns
      where lower(table_schema) = 'public' and lower(table_name) <> 'flyway_schema_history'
      """;

  @TempDir Path folder;

  @Test
  void theTablesAreThoseOfTheDatabaseInAFile() {
    try (Database h2 = Database.inMemory();
        Database postgres = Database.open(PostgresServer.running().emptyDatabase(), folder)) {
      assertThat(columns(postgres)).isNotEmpty().containsExactlyInAnyOrderElementsOf(columns(h2));
    }
  }

  @Test
  void whatWasWrittenIsThereForAnotherServerAtTheSameTime() {
    DatabaseServer server = PostgresServer.running().emptyDatabase();
    try (Database first = Database.open(server, folder);
        Database second = Database.open(server, folder)) {
      first.write(handle -> insertRaw(handle, "key-1"));
      assertThat(countRaw(second)).isEqualTo(1);
      assertThat(first.isShared()).isTrue();
      assertThat(first.dataDir()).hasValueSatisfying(path -> assertThat(path).isEqualTo(folder));
    }
  }

  @Test
  void serversThatStartAtOnceMakeTheTablesOnce() throws Exception {
    DatabaseServer server = PostgresServer.running().emptyDatabase();
    CyclicBarrier together = new CyclicBarrier(3);
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      List<Future<Integer>> starts =
          List.of(1, 2, 3).stream()
              .map(
                  number ->
                      threads.submit(
                          () -> {
                            together.await();
                            try (Database database =
                                Database.open(server, folder.resolve("node-" + number))) {
                              return countRaw(database);
                            }
                          }))
              .toList();
      for (Future<Integer> start : starts) {
        assertThat(start.get()).isZero();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void transactionsThatBlockEachOtherBothHappen() throws Exception {
    try (Database database = PostgresServer.running().freshDatabase()) {
      database.write(handle -> List.of("a", "b").forEach(key -> insertRaw(handle, key)));
      CyclicBarrier together = new CyclicBarrier(2);
      ExecutorService threads = Executors.newFixedThreadPool(2);
      try {
        Future<?> one = threads.submit(() -> updateBoth(database, together, "a", "b"));
        Future<?> other = threads.submit(() -> updateBoth(database, together, "b", "a"));
        one.get();
        other.get();
      } finally {
        threads.shutdownNow();
      }
      assertThat(bodies(database)).containsExactlyInAnyOrder("{}++", "{}++");
    }
  }

  @Test
  void aServerThatIsNotThereIsExplained() throws Exception {
    DatabaseServer server = new DatabaseServer(nowhere() + "/palimpsest", "me", "secret");
    assertThatThrownBy(() -> Database.open(server, folder))
        .isInstanceOf(StorageException.class)
        .hasMessageMatching(
            "The database server at 127\\.0\\.0\\.1:\\d+/palimpsest cannot be reached; start it and"
                + " try again, or name another one with --database\\.");
  }

  @Test
  void aUserWhomTheServerRefusesIsExplainedWithoutThePassword() {
    DatabaseServer server = PostgresServer.running().emptyDatabase();
    ThrowingCallable open =
        () -> Database.open(new DatabaseServer(server.url(), "palimpsest", "wr0ng"), folder);
    assertThatThrownBy(open)
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("refuses the user 'palimpsest'; set PALIMPSEST_DATABASE_USER")
        .satisfies(failure -> assertThat(trace(failure)).doesNotContain("wr0ng"));
  }

  @Test
  void aDatabaseThatIsNotThereIsExplained() {
    DatabaseServer server = PostgresServer.running().database("nosuch");
    assertThatThrownBy(() -> Database.open(server, folder))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("There is no database 127.0.0.1:")
        .hasMessageContaining("/nosuch; create it, or name another one with --database.");
  }

  @Test
  void aUserWhoMayMakeNoTablesIsExplained() {
    PostgresServer server = PostgresServer.running();
    DatabaseServer database = server.emptyDatabase();
    server.execute("create role guest login password 'guest'");
    assertThatThrownBy(
            () -> Database.open(new DatabaseServer(database.url(), "guest", "guest"), folder))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("may not create tables in it; make it the database's owner.");
  }

  @Test
  void aDatabaseWithoutUnicodeIsRefused() {
    PostgresServer server = PostgresServer.running();
    server.execute("create database latin encoding 'LATIN1' template template0");
    assertThatThrownBy(() -> Database.open(server.database("latin"), folder))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("keeps text as LATIN1; create one with encoding 'UTF8'");
  }

  @Test
  void tablesOfANewerVersionAreLeftAlone() {
    DatabaseServer server = PostgresServer.running().emptyDatabase();
    try (Database database = Database.open(server, folder)) {
      database.write(
          handle ->
              handle.execute(
                  "insert into flyway_schema_history (installed_rank, version, description, type,"
                      + " script, checksum, installed_by, execution_time, success) values (1000,"
                      + " '999', 'later', 'SQL', 'V999__later.sql', 1, 'x', 1, true)"));
    }
    assertThatThrownBy(() -> Database.open(server, folder))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("its tables are of version 999")
        .hasMessageEndingWith("name another one with --database.");
  }

  @Test
  void aConnectionThatBreaksIsExplainedAndTheNextOneWorks() {
    try (Database database = PostgresServer.running().freshDatabase()) {
      assertThatThrownBy(
              () ->
                  database.read(
                      handle -> {
                        int self =
                            handle
                                .createQuery("select pg_backend_pid()")
                                .mapTo(Integer.class)
                                .one();
                        PostgresServer.running()
                            .execute("select pg_terminate_backend(" + self + ", 10000)");
                        return handle.createQuery("select 1").mapTo(Integer.class).one();
                      }))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("cannot be reached");
      assertThat(countRaw(database)).isZero();
    }
  }

  private static Void updateBoth(Database database, CyclicBarrier together, String... keys)
      throws Exception {
    boolean[] met = {false};
    database.write(
        handle -> {
          append(handle, keys[0]);
          if (!met[0]) {
            met[0] = true;
            together.await();
          }
          append(handle, keys[1]);
        });
    return null;
  }

  private static void append(Handle handle, String key) {
    handle.execute("update raw_result set body = body || '+' where content_key = ?", key);
  }

  private static List<String> bodies(Database database) {
    return database.read(
        handle -> handle.createQuery("select body from raw_result").mapTo(String.class).list());
  }

  private static List<String> columns(Database database) {
    return database.read(
        handle ->
            handle.createQuery(COLUMNS).mapTo(String.class).list().stream()
                .map(column -> column.toLowerCase(Locale.ROOT))
                .toList());
  }

  private static void insertRaw(Handle handle, String key) {
    handle.execute("insert into raw_result values (?, '{}', current_timestamp)", key);
  }

  private static int countRaw(Database database) {
    return database.read(
        handle -> handle.createQuery("select count(*) from raw_result").mapTo(Integer.class).one());
  }

  private static String trace(Throwable failure) {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    return trace.toString();
  }

  /** A port that was free a moment ago. */
  private static String nowhere() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "jdbc:postgresql://127.0.0.1:" + socket.getLocalPort();
    }
  }
}
