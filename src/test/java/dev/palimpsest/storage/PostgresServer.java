package dev.palimpsest.storage;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * A real PostgreSQL 15 on a port of this machine, started once in a process that runs tests and
 * stopped with it. Its binaries come with the tests' libraries, so that nothing need be installed.
 */
public final class PostgresServer {
  /** PostgreSQL does not run as root: nobody's number on every Linux. */
  private static final String NOBODY = "65534";

  private static final String USER = "palimpsest";
  private static final String BINARIES = "/postgres-linux-x86_64.txz";

  private static PostgresServer running;

  private final Path folder;
  private final int port;
  private final Process process;
  private final AtomicInteger names = new AtomicInteger();
  private String template;

  private PostgresServer(Path folder) throws IOException, InterruptedException {
    this.folder = folder;
    unpack();
    Path data = Files.createDirectory(folder.resolve("data"));
    if (isRoot()) {
      Files.setAttribute(data, "unix:uid", Integer.parseInt(NOBODY));
      Files.setAttribute(data, "unix:gid", Integer.parseInt(NOBODY));
    }
    Path log = folder.resolve("log");
    Process made =
        start(
            log,
            "initdb",
            "-D",
            data.toString(),
            "-U",
            USER,
            "--no-sync",
            "-E",
            "UTF8",
            "--locale=C",
            "-A",
            "scram-sha-256",
            "--pwfile=" + password());
    if (made.waitFor() != 0) {
      throw new IOException("initdb: " + Files.readString(log));
    }
    this.port = freePort();
    this.process =
        start(
            log,
            "postgres",
            "-D",
            data.toString(),
            "-p",
            Integer.toString(port),
            "-h",
            "127.0.0.1",
            "-k",
            "",
            "-F",
            "-c",
            "autovacuum=off");
    awaitReady(log);
  }

  /** Returns the server of this process, which is started if it is not there yet. */
  public static synchronized PostgresServer running() {
    if (running == null) {
      try {
        Path folder = Files.createTempDirectory("palimpsest-postgres");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        running = new PostgresServer(folder);
        Runtime.getRuntime().addShutdownHook(new Thread(running::stop));
      } catch (IOException e) {
        throw new UncheckedIOException("PostgreSQL cannot be started", e);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    return running;
  }

  /** Makes a database that has nothing in it, not even tables. */
  public DatabaseServer emptyDatabase() {
    return created("");
  }

  /** Opens a database with all tables and nothing in them. */
  public Database freshDatabase() {
    return Database.open(created(" template " + migrated()), folder.resolve("palimpsest"));
  }

  /** Migrations run once, and the tables they made are copied. */
  private synchronized String migrated() {
    if (template == null) {
      DatabaseServer made = created("");
      Database.open(made, folder.resolve("palimpsest")).close();
      template = made.url().replaceFirst(".*/", "");
    }
    return template;
  }

  private DatabaseServer created(String how) {
    String name = "test_" + names.incrementAndGet();
    execute("create database " + name + how);
    return database(name);
  }

  /** Returns the address of a database, whether there is one or not. */
  public DatabaseServer database(String name) {
    return new DatabaseServer("jdbc:postgresql://127.0.0.1:" + port + "/" + name, USER, USER);
  }

  /** Does something that only the server's owner may. */
  public void execute(String statement) {
    try (Connection connection = connect();
        var made = connection.createStatement()) {
      made.execute(statement);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(database("postgres").url(), USER, USER);
  }

  private void stop() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
      delete();
    } catch (InterruptedException | IOException e) {
      System.err.println("PostgreSQL left something in " + folder);
    }
  }

  private void delete() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private Path password() throws IOException {
    return Files.writeString(folder.resolve("password"), USER + "\n");
  }

  private Process start(Path log, String program, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    if (isRoot()) {
      command.addAll(
          List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
    }
    command.add(folder.resolve("bin").resolve(program).toString());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }

  private void awaitReady(Path log) throws IOException, InterruptedException {
    while (true) {
      try {
        connect().close();
        return;
      } catch (SQLException notYet) {
        if (process.waitFor(100, TimeUnit.MILLISECONDS)) {
          throw new IOException("postgres: " + Files.readString(log), notYet);
        }
      }
    }
  }

  private void unpack() throws IOException {
    try (InputStream packed = PostgresServer.class.getResourceAsStream(BINARIES);
        TarArchiveInputStream entries =
            new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(packed)))) {
      for (TarArchiveEntry entry = entries.getNextEntry();
          entry != null;
          entry = entries.getNextEntry()) {
        unpack(entries, entry);
      }
    }
  }

  private void unpack(InputStream content, TarArchiveEntry entry) throws IOException {
    Path target = folder.resolve(entry.getName());
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      return;
    }
    Files.createDirectories(target.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
      return;
    }
    Files.copy(content, target);
    boolean runs = (entry.getMode() & 0100) != 0;
    Files.setPosixFilePermissions(
        target, PosixFilePermissions.fromString(runs ? "rwxr-xr-x" : "rw-r--r--"));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private boolean isRoot() throws IOException {
    return Files.getAttribute(folder, "unix:uid").equals(0);
  }
}
