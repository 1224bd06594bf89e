package dev.palimpsest.cli;

import dev.palimpsest.evidence.key.KeyFile;
import dev.palimpsest.evidence.key.SigningKey;
import dev.palimpsest.evidence.key.SigningKeys;
import dev.palimpsest.ledger.Ledger;
import dev.palimpsest.storage.Database;
import dev.palimpsest.storage.DatabaseServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The data of an installation that is there already, as commands are told of it. */
final class InstalledData {
  private static final String FILE = "palimpsest.mv.db";

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "The data folder: --data of the audit or server, or .palimpsest in an audit's --out"
              + " (default: $PALIMPSEST_HOME, else .palimpsest in your home).")
  private Path data;

  @Option(
      names = "--database",
      paramLabel = "URL",
      description =
          "The PostgreSQL database where the rows are on a server; user and password as for"
              + " 'serve'.")
  private String database;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  /** Opens the database; fails where there is none, and makes nothing. */
  Database open() {
    Path folder = folder();
    if (database != null) {
      return Database.open(server(), folder);
    }
    if (!Files.isRegularFile(folder.resolve(FILE))) {
      throw new ParameterException(
          spec.commandLine(),
          folder + " holds no audits (no " + FILE + "); name the data folder with --data.");
    }
    return Database.open(folder);
  }

  /**
   * Returns the keys of the installation, or the one of a file or device that the environment
   * names.
   */
  SigningKeys keys(Database opened) {
    return new SigningKeys(folder(), new Ledger(opened), givenKey());
  }

  /** Returns where the data are, as sentences name it. */
  String place() {
    return database == null ? folder().toString() : "that database";
  }

  private Path folder() {
    return data == null ? DataFolder.standard() : data;
  }

  private DatabaseServer server() {
    return new DatabaseServer(
        database, variable("PALIMPSEST_DATABASE_USER"), variable("PALIMPSEST_DATABASE_PASSWORD"));
  }

  /** Named by the environment: a password on a command line is one that every user can read. */
  static Optional<SigningKey> givenKey() {
    String file = variable("PALIMPSEST_KEY_FILE");
    return file.isBlank()
        ? Optional.empty()
        : Optional.of(KeyFile.open(Path.of(file), keyPassword()));
  }

  /** Returns the password or PIN of a key file, empty for none. */
  static char[] keyPassword() {
    return variable("PALIMPSEST_KEY_PASSWORD").toCharArray();
  }

  private static String variable(String name) {
    return Objects.requireNonNullElse(System.getenv(name), "");
  }
}
