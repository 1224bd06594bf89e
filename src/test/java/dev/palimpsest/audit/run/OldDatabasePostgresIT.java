package dev.palimpsest.audit.run;

import dev.palimpsest.storage.Database;
import dev.palimpsest.storage.DatabaseServer;
import dev.palimpsest.storage.PostgresServer;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class OldDatabasePostgresIT extends OldDatabaseContract {
  private final DatabaseServer server = PostgresServer.running().emptyDatabase();

  @TempDir Path folder;

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
