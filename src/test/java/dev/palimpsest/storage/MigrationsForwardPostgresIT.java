package dev.palimpsest.storage;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** On a server. */
final class MigrationsForwardPostgresIT extends MigrationsForwardContract {
  private final DatabaseServer server = PostgresServer.running().emptyDatabase();

  @TempDir private Path folder;

  @Override
  String url() {
    return server.url();
  }

  @Override
  String user() {
    return server.user();
  }

  @Override
  Database open() {
    return Database.open(server, folder);
  }
}
