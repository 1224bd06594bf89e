package dev.palimpsest.cli;

import dev.palimpsest.storage.Database;
import dev.palimpsest.storage.DatabaseServer;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which installation a command is about. */
final class InstallationOptions {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Where everything is kept (default: $PALIMPSEST_HOME, else .palimpsest in your home).")
  private Path data;

  @Option(
      names = "--database",
      paramLabel = "URL",
      description =
          "A PostgreSQL 15 database to use instead of a file in the data folder, as"
              + " jdbc:postgresql://HOST:PORT/NAME; its user and password are taken from"
              + " $PALIMPSEST_DATABASE_USER and $PALIMPSEST_DATABASE_PASSWORD only.")
  private String database;

  Path folder() {
    return data == null ? DataFolder.standard() : data;
  }

  /** Not from the command line, which every user of the machine can read. */
  Optional<DatabaseServer> server() {
    return Optional.ofNullable(database)
        .map(
            url ->
                new DatabaseServer(
                    url,
                    variable("PALIMPSEST_DATABASE_USER"),
                    variable("PALIMPSEST_DATABASE_PASSWORD")));
  }

  Database open() {
    return server()
        .map(server -> Database.open(server, folder()))
        .orElseGet(() -> Database.open(folder()));
  }

  private static String variable(String name) {
    return Objects.requireNonNullElse(System.getenv(name), "");
  }
}
