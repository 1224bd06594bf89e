package dev.palimpsest.storage;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.HandleConsumer;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.StatementExceptions;

/**
 * The one database of an installation, migrated and ready: a file in its data folder, or a
 * PostgreSQL database that several servers may share.
 *
 * <p>A commit that returned survives {@code kill -9} of this process. {@link #read} and {@link
 * #write} are the ways in; both turn a failure of the database into a {@link StorageException} that
 * repeats no stored value.
 */
public final class Database implements AutoCloseable {
  /**
   * H2 acknowledges commits before they are on disk unless the write delay is 0, and loses the last
   * ones at a kill once it writes over old pages: it notes where the newest ones are one commit too
   * late. So it only ever appends, and room comes back by {@link FileRoom}; H2's own way to end
   * would append, too. Texts of up to so many bytes lie in their rows, where pages are compressed;
   * the tables of large objects are not, and take three rows for each.
   */
  private static final String H2_OPTIONS =
      ";WRITE_DELAY=0;REUSE_SPACE=FALSE;MAX_COMPACT_TIME=0;TRACE_LEVEL_FILE=0;COMPRESS=TRUE"
          + ";MAX_LENGTH_INPLACE_LOB=100000";

  private static final String ANOTHER_FOLDER = "choose another --data folder";

  private static final int CONNECTIONS = 8;
  private static final int CONNECT_MILLIS = 10_000;

  /** The lock of a process that was just killed may outlive it for a moment. */
  private static final int OPEN_ATTEMPTS = 4;

  private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(400);

  /** How often a transaction is tried that another one got in the way of. */
  private static final int TRANSACTION_ATTEMPTS = 4;

  private final HikariDataSource pool;
  private final Jdbi jdbi;
  private final Optional<Path> dataDir;
  private final Optional<DatabaseServer> server;

  /** Of a database in a file. */
  private final Optional<FileRoom> room;

  private Database(
      HikariDataSource pool,
      Optional<Path> dataDir,
      Optional<DatabaseServer> server,
      Optional<FileRoom> room) {
    this.pool = pool;
    this.dataDir = dataDir;
    this.server = server;
    this.room = room;
    this.jdbi = Jdbi.create(pool);
    jdbi.registerArgument(new TextArgument());
    jdbi.getConfig(StatementExceptions.class)
        .setMessageRendering(StatementExceptions.MessageRendering.NONE);
  }

  /**
   * Opens the database in a data folder, creating both where they are missing.
   *
   * @throws StorageException if another process has it open, or it cannot be used
   */
  public static Database open(Path dataDir) {
    return open(dataDir, FileRoom::of);
  }

  /** Opens the database in a data folder, with limits of its own for giving room back. */
  static Database open(Path dataDir, BiFunction<String, Path, FileRoom> limits) {
    DataFolder folder = DataFolder.prepare(dataDir);
    folder.requireUnharmed();
    String url = "jdbc:h2:file:" + folder.path().resolve("palimpsest") + H2_OPTIONS;
    HikariDataSource pool = connectPatiently(url, dataDir);
    try {
      folder.requireContent(Schema.isIn(pool));
      Schema.bringUpToDate(pool, ANOTHER_FOLDER);
      folder.mark();
      folder.restrictFiles();
      FileRoom room = limits.apply(url, folder.file());
      room.tidy();
      return new Database(pool, Optional.of(folder.path()), Optional.empty(), Optional.of(room));
    } catch (RuntimeException e) {
      pool.close();
      throw e;
    }
  }

  /**
   * Opens a database on a server, and prepares the folder for what is kept in files; makes the
   * tables where they are missing.
   *
   * @throws StorageException if the server cannot be reached, refuses, or is too old
   */
  public static Database open(DatabaseServer server, Path dataDir) {
    Path folder = DataFolder.prepare(dataDir).path();
    HikariDataSource pool = connect(server);
    try {
      ServerChecks.require(pool, server);
      Schema.bringUpToDate(pool, "name another one with --database");
      return new Database(pool, Optional.of(folder), Optional.of(server), Optional.empty());
    } catch (RuntimeException e) {
      pool.close();
      throw e;
    }
  }

  /** Opens a database in memory that nobody else sees; it is gone when closed. */
  public static Database inMemory() {
    String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
    HikariDataSource pool = connect(settings(url));
    Schema.bringUpToDate(pool, ANOTHER_FOLDER);
    return new Database(pool, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** Tells whether other processes may use this database at the same time. */
  public boolean isShared() {
    return server.isPresent();
  }

  /**
   * Writes the database's file, as it was at one moment, into a new zip; others go on reading and
   * writing meanwhile. A database on a server or in memory has none.
   *
   * @param zip that is not there yet
   */
  public void copyTo(Path zip) {
    if (room.isEmpty()) {
      throw new StorageException(
          "The rows are not in a file of the data folder; back them up where they are.");
    }
    write(handle -> handle.execute("backup to ?", zip.toString()));
  }

  /** Returns where the database is if that is on a server. */
  public Optional<DatabaseServer> server() {
    return server;
  }

  /** Returns the bytes that the database takes, 0 where that is not known. */
  public long bytes() {
    if (room.isPresent()) {
      return room.get().file().toFile().length();
    }
    return server.isEmpty()
        ? 0
        : read(
            handle ->
                handle
                    .createQuery("select pg_database_size(current_database())")
                    .mapTo(Long.class)
                    .one());
  }

  /** Returns the folder of this installation, unless the database is in memory. */
  public Optional<Path> dataDir() {
    return dataDir;
  }

  /**
   * Runs a query in a transaction of its own; it may run again where another transaction got in its
   * way.
   */
  public <R, X extends Exception> R read(HandleCallback<R, X> query) throws X {
    for (int attempt = 1; ; attempt++) {
      try {
        return jdbi.inTransaction(query);
      } catch (JdbiException e) {
        if (!DatabaseFailure.isOutrun(e) || attempt == TRANSACTION_ATTEMPTS) {
          throw failed(e);
        }
      }
    }
  }

  /**
   * Runs statements in one transaction: all of them happen, or none; they may run again where
   * another transaction got in their way.
   */
  public <X extends Exception> void write(HandleConsumer<X> statements) throws X {
    read(
        handle -> {
          statements.useHandle(handle);
          return null;
        });
  }

  /**
   * H2 closes a database that it could not write to the end. Connections to it stay broken even
   * when there is space again; new ones open it anew, with all that was committed.
   */
  private StorageException failed(JdbiException failure) {
    if (DatabaseFailure.isDiskFull(failure)) {
      pool.getHikariPoolMXBean().softEvictConnections();
    }
    return DatabaseFailure.explain(failure, server);
  }

  @Override
  public void close() {
    if (pool.isClosed()) {
      return;
    }
    Optional<FileRoom> wasted = room.filter(file -> file.isWorthwhile(pool));
    pool.close();
    wasted.ifPresent(FileRoom::giveBack);
  }

  private static HikariDataSource connectPatiently(String url, Path dataDir) {
    for (int attempt = 1; ; attempt++) {
      try {
        return connect(settings(url));
      } catch (HikariPool.PoolInitializationException e) {
        if (!DatabaseFailure.isInUse(e) || attempt == OPEN_ATTEMPTS) {
          throw DatabaseFailure.explainOpening(e, dataDir);
        }
        pause();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(BETWEEN_ATTEMPTS.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StorageException("Opening the database was interrupted; try again.", e);
    }
  }

  private static HikariDataSource connect(DatabaseServer server) {
    HikariConfig config = settings(server.url());
    config.setUsername(server.user().isEmpty() ? null : server.user());
    config.setPassword(server.password().isEmpty() ? null : server.password());
    config.addDataSourceProperty("ApplicationName", "palimpsest");
    config.addDataSourceProperty("tcpKeepAlive", "true");
    try {
      return connect(config);
    } catch (HikariPool.PoolInitializationException e) {
      throw DatabaseFailure.explainOpening(e, server);
    }
  }

  private static HikariDataSource connect(HikariConfig config) {
    return new HikariDataSource(config);
  }

  private static HikariConfig settings(String url) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setMaximumPoolSize(CONNECTIONS);
    config.setPoolName("palimpsest");
    config.setInitializationFailTimeout(1);
    config.setConnectionTimeout(CONNECT_MILLIS);
    return config;
  }
}
